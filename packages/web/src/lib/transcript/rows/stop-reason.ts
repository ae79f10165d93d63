import { body, record, string } from "@pier/client/messages";
import { bodyWords } from "./body-words.ts";
import type { StopRow } from "./row.ts";

/** Why the model's message ended where it did, unless it was over. */
export function stopReason(message: Record<string, unknown>): Pick<StopRow, "why" | "text"> | null {
  switch (message["stopReason"]) {
    case "error": {
      const why = readable(bodyWords(body(message["errorMessage"]) ?? "").trim());
      return { why: "error", text: `Model request failed: ${why || "no reason was given"}` };
    }
    case "aborted":
      return { why: "aborted", text: "Stopped" };
    case "length":
      return { why: "length", text: "The answer reached the model’s length limit" };
    default:
      return null;
  }
}

/** Longer answers are no message for people. */
const maxJson = 20_000;

/** Providers answer in JSON, of which people want the message: `529: {"error":{"message":"Overloaded"}}`. */
export function readable(text: string): string {
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
