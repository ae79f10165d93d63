import { type Attachment, piKnows } from "@pier/client";
import type { ClientCommand, CommandContext } from "../command.ts";

/** `/thinking` */
export const thinkingCommand: ClientCommand = {
  name: "thinking",
  description: "Choose how much the model thinks",
  argument: "[level]",
  async complete(prefix, context) {
    const levels = await thinkingLevels(context);
    return levels.filter((level) => level.startsWith(prefix)).map((level) => ({ value: level, label: level }));
  },
  async run(context, argument) {
    const { attachment, say, pick } = context;
    const levels = await thinkingLevels(context);
    const wanted = argument.toLowerCase();
    if (wanted !== "" && !levels.includes(wanted)) {
      return say(`"${argument}" is no thinking level of this model: it knows ${levels.join(", ")}.`, "error");
    }
    const current = attachment.transcript.live.pi?.thinkingLevel;
    const level =
      wanted ||
      (await pick({
        title: "Thinking level",
        choices: levels.map((each) => ({ value: each, label: each, detail: details[each] ?? "" })),
        ...(current !== undefined && { current }),
        empty: "This model does not think.",
      }));
    if (level) say(`Thinking level: ${await setLevel(attachment, level)}`, "success");
  },
};

/** What pis before 0.81 cannot tell: all levels they know. A level that the model lacks becomes the nearest. */
const olderLevels = ["off", "minimal", "low", "medium", "high", "xhigh"];

const details: Readonly<Record<string, string>> = {
  off: "no thinking",
  minimal: "a glance",
  low: "a little",
  medium: "as a rule",
  high: "thoroughly",
  xhigh: "very thoroughly",
  max: "as much as it can",
};

async function thinkingLevels(context: Pick<CommandContext, "attachment">): Promise<string[]> {
  if (!piKnows(context.attachment, "get_available_thinking_levels")) return olderLevels;
  return (await context.attachment.getAvailableThinkingLevels()).levels;
}

/** Sets a level and resolves with what pi made of it: a model may not go as far. */
async function setLevel(attachment: Attachment, level: string): Promise<string> {
  await attachment.setThinkingLevel(level);
  const { thinkingLevel = level } = await attachment.getState();
  return thinkingLevel === level ? level : `${thinkingLevel} (this model has no ${level})`;
}
