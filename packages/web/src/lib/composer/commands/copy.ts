import type { PageCommand } from "./command.ts";

/** `/copy` */
export const copyCommand: PageCommand = {
  name: "copy",
  description: "Copy the last answer",
  async run({ attachment, say }) {
    const { text } = await attachment.getLastAssistantText();
    if (!text) return say("There is no answer yet that could be copied.");
    // Without HTTPS browsers have no clipboard to write to.
    if (!("clipboard" in navigator))
      throw new Error("This browser copies only over HTTPS: use pier serve --tls, or select the text.");
    await navigator.clipboard.writeText(text);
    say(`Copied ${new Intl.NumberFormat().format([...text].length)} characters.`);
  },
};
