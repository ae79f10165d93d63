import type { ClientCommand } from "../command.ts";
import { count } from "../format.ts";

/** `/compact` */
export const compactCommand: ClientCommand = {
  name: "compact",
  description: "Summarise the conversation so far to make room",
  argument: "[instructions]",
  async run({ attachment, say }, argument) {
    const { tokensBefore, estimatedTokensAfter } = await attachment.compact(argument || undefined);
    const after = estimatedTokensAfter === undefined ? "" : `, about ${count(estimatedTokensAfter)} now`;
    say(`Compacted: ${count(tokensBefore)} tokens before${after}.`, "success");
  },
};
