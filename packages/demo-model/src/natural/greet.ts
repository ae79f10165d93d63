import type { Conversation } from "../chat/read-conversation.ts";
import type { Step } from "../script/step.ts";
import { MENU, SIGNATURE } from "./pages.ts";

const QUOTE_CHARS = 160;

/** Answers a prompt in which no wish was recognised. */
export function greet({ prompt, images }: Conversation): Step[] {
  const line =
    prompt
      .split(/[\r\n\u2028\u2029]/u)
      .find((part) => part.trim() !== "")
      ?.trim() ?? "";
  const points = [...line];
  const quote = points.length > QUOTE_CHARS ? `${points.slice(0, QUOTE_CHARS).join("")}…` : line;
  const sizes = images.map(({ mimeType, bytes }) => `${mimeType}, ${bytes} bytes`).join("; ");
  const seen =
    images.length === 0
      ? ""
      : `\nI also got ${images.length === 1 ? "an image" : `${images.length} images`} (${sizes}), which I cannot look at.\n`;
  return [
    {
      text: `## Hello from the Pier demo model

You wrote:

> ${quote === "" ? "(nothing but an image)" : quote}
${seen}
I am a **script, not a language model**: I answer the same way every time and need no account. Everything around me is
real, though: this is pi, its tools run on your machine, and you can leave and come back while I work.

${MENU}

Try **fix the tests** first. To get real answers, connect a provider to pi.

${SIGNATURE}`,
    },
  ];
}
