import type { Attachment, QueueMode } from "@pier/client";
import { getCapabilities } from "../../pi-tui/index.ts";
import type { Choice, ClientCommand, CommandContext } from "../command.ts";

/** `/settings` */
export const settingsCommand: ClientCommand = {
  name: "settings",
  description: "See and change how pi and this client behave",
  async run(context) {
    let current: string | undefined;
    for (;;) {
      const settings = await presentSettings(context);
      const name = await context.pick({
        title: "Settings: Enter changes, Esc closes",
        choices: settings.map((setting): Choice<string> => ({
          value: setting.name,
          label: `${setting.name}: ${setting.value}`,
          detail: setting.detail,
        })),
        ...(current !== undefined && { current }),
        empty: "There is nothing to set.",
      });
      const chosen = settings.find((setting) => setting.name === name);
      if (!chosen) return;
      current = chosen.name;
      await chosen.change();
      context.redraw();
    }
  },
};

interface Setting {
  name: string;
  value: string;
  detail: string;
  /** Takes the next value. */
  change(): Promise<void> | void;
}

/** What was chosen here: pi does not say what it is. */
const autoRetry = new WeakMap<Attachment, boolean>();

async function presentSettings(context: CommandContext): Promise<Setting[]> {
  const { attachment, view } = context;
  const state = await attachment.getState();
  const toggled = (on: boolean): string => (on ? "on" : "off");
  const queueMode = (mode: string | undefined): string => (mode === "all" ? "all at once" : "one at a time");
  const otherMode = (mode: string | undefined): QueueMode => (mode === "all" ? "one-at-a-time" : "all");
  const retry = autoRetry.get(attachment);
  return [
    {
      name: "Steering messages",
      value: queueMode(state.steeringMode),
      detail: "how many go to the model after a step",
      change: () => attachment.setSteeringMode(otherMode(state.steeringMode)),
    },
    {
      name: "Follow-up messages",
      value: queueMode(state.followUpMode),
      detail: "how many go to the model after a turn",
      change: () => attachment.setFollowUpMode(otherMode(state.followUpMode)),
    },
    {
      name: "Automatic compaction",
      value: toggled(state.autoCompactionEnabled !== false),
      detail: "summarise when the context is nearly full",
      change: () => attachment.setAutoCompaction(state.autoCompactionEnabled === false),
    },
    {
      name: "Automatic retry",
      value: retry === undefined ? "as pi's settings say" : toggled(retry),
      detail: "try again after passing errors of a provider",
      async change() {
        await attachment.setAutoRetry(retry === false);
        autoRetry.set(attachment, retry === false);
      },
    },
    {
      name: "Thinking shown",
      value: toggled(view.thinking),
      detail: `${context.keys.label("app.thinking.toggle")} does the same`,
      change: () => void (view.thinking = !view.thinking),
    },
    {
      name: "Tool output shown",
      value: toggled(view.expanded),
      detail: `${context.keys.label("app.tools.expand")} does the same`,
      change: () => void (view.expanded = !view.expanded),
    },
    {
      name: "Images shown",
      value: toggled(view.images),
      detail: getCapabilities().images ? "otherwise they are only named" : "this terminal can only name them",
      change: () => void (view.images = !view.images),
    },
  ];
}
