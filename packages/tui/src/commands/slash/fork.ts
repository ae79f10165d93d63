import { neutraliseLine } from "../../text/index.ts";
import type { ClientCommand, CommandContext } from "../command.ts";
import { switched } from "../switched.ts";

/** `/fork` */
export const forkCommand: ClientCommand = {
  name: "fork",
  description: "Go on from before an earlier message, in a new session file",
  async run(context) {
    const { messages } = await context.attachment.getForkMessages();
    const entry = await context.pick({
      title: "Go on from before which message?",
      choices: messages.map(({ entryId, text }) => ({ value: entryId, label: neutraliseLine(text) })),
      ...currentOf(messages),
      empty: "Nothing was said yet that one could fork from.",
    });
    if (entry !== null) await forkBefore(context, entry);
  },
};

/** Forks before a message of the user; its text comes into the editor. */
export async function forkBefore({ attachment, editor, say }: CommandContext, entryId: string): Promise<void> {
  const { cancelled, text = "" } = await switched(attachment, () => attachment.fork(entryId));
  if (cancelled) return say("An extension prevented the fork.", "warning");
  const typed = editor.getText();
  editor.setText(typed.trim() === "" ? text : `${text}\n\n${typed}`);
  say("Forked before that message: its text is in the editor, the old conversation stays in its file.", "success");
}

/** The newest message is marked at first. */
function currentOf(messages: readonly { entryId: string }[]): { current?: string } {
  const last = messages.at(-1);
  return last ? { current: last.entryId } : {};
}
