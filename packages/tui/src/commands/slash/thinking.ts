import { setThinkingLevel, thinkingLevels, thinkingWords } from "@pier/client";
import type { ClientCommand } from "../command.ts";

/** `/thinking` */
export const thinkingCommand: ClientCommand = {
  name: "thinking",
  description: "Choose how much the model thinks",
  argument: "[level]",
  async complete(prefix, context) {
    const levels = await thinkingLevels(context.attachment);
    return levels.filter((level) => level.startsWith(prefix)).map((level) => ({ value: level, label: level }));
  },
  async run(context, argument) {
    const { attachment, say, pick } = context;
    const levels = await thinkingLevels(attachment);
    const wanted = argument.toLowerCase();
    if (wanted !== "" && !levels.includes(wanted)) {
      return say(`"${argument}" is no thinking level of this model: it knows ${levels.join(", ")}.`, "error");
    }
    const current = attachment.transcript.live.pi?.thinkingLevel;
    const level =
      wanted ||
      (await pick({
        title: "Thinking level",
        choices: levels.map((each) => ({ value: each, label: each, detail: thinkingWords[each] ?? "" })),
        ...(current !== undefined && { current }),
        empty: "This model does not think.",
      }));
    if (level) say(`Thinking level: ${await setThinkingLevel(attachment, level)}`, "success");
  },
};
