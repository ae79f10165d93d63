import { body, list, neutraliseLine, record } from "@pier/client/messages";
import type { TranscriptItem } from "@pier/protocol";

/** Characters that fit a line of any phone. */
const most = 200;

/** How the last answer begins, on one line; empty while there is none. */
export function lastAnswer(items: readonly TranscriptItem[]): string {
  for (let at = items.length - 1; at >= 0; at--) {
    const message = items[at]?.message;
    if (message?.role !== "assistant") continue;
    const text = textOf(message);
    if (text !== "") return text;
  }
  return "";
}

function textOf(message: object): string {
  for (const part of list(record(message)["content"])) {
    if (record(part)["type"] !== "text") continue;
    const text = body(record(part)["text"]);
    const line = neutraliseLine((typeof text === "object" ? text.head : (text ?? "")).slice(0, 2 * most)).slice(
      0,
      most,
    );
    if (line !== "") return line;
  }
  return "";
}
