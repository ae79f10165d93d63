import { record, string } from "./loose.ts";

/**
 * What people want of a provider's error: the message in its JSON, as in `529: {"error":{"message":"Overloaded"}}`. Any
 * other text stays as it is.
 */
export function readableError(text: string): string {
  const [, before = "", json] = /^([^{]*)(\{.*\})$/s.exec(text) ?? [];
  if (json === undefined || json.length > maxJson) return text;
  try {
    const answer = record(JSON.parse(json));
    const message = string(answer["message"]) || string(record(answer["error"])["message"]);
    return message ? before + message : text;
  } catch {
    return text;
  }
}

/** Characters; longer answers are no message for people. */
const maxJson = 20_000;
