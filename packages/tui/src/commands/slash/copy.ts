import { limits } from "../../limits.ts";
import type { ClientCommand } from "../command.ts";
import { bytes, counted } from "../format.ts";

/** `/copy` */
export const copyCommand: ClientCommand = {
  name: "copy",
  description: "Copy the last answer",
  async run({ attachment, say, copy }) {
    const { text } = await attachment.getLastAssistantText();
    if (!text) return say("There is no answer yet that could be copied.", "warning");
    const size = Buffer.byteLength(text);
    if (size > limits.clipboard) {
      return say(
        `The last answer has ${bytes(size)}; a terminal's clipboard takes ${bytes(limits.clipboard)} at most.`,
        "error",
      );
    }
    copy(text);
    say(`Copied ${counted([...text].length, "character")}.`, "success");
  },
};
