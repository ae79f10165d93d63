import { body } from "@pier/client/messages";
import { bodyText, neutralise } from "../../text/index.ts";

/** A text that a terminal shows as it is: no control characters, no halves of characters, spaces for tabs. */
export function clean(text: string): string {
  const safe = neutralise(text)
    .toWellFormed()
    .replace(/[\u2028\u2029]/g, " ")
    .replaceAll("\u00ad", "");
  return safe.includes("\t") ? safe.split("\n").map(withoutTabs).join("\n") : safe;
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return clean(text).replace(/\s+/g, " ").trim();
}

/** The clean text of a member of a message; of an elided one its ends; nothing when it is no text. */
export function cleanBody(value: unknown): string {
  return clean(bodyText(body(value)));
}

/** Tab stops at every fourth character, which is right for code and near enough for the rest. */
function withoutTabs(line: string): string {
  if (!line.includes("\t")) return line;
  const [first = "", ...rest] = line.split("\t");
  let text = first;
  for (const part of rest) text += " ".repeat(4 - (text.length % 4)) + part;
  return text;
}
