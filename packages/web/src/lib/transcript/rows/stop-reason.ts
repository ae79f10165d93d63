import { body, readableError } from "@pier/client/messages";
import { bodyWords } from "./body-words.ts";
import type { StopRow } from "./row.ts";

/** Why the model's message ended where it did, unless it was over. */
export function stopReason(message: Record<string, unknown>): Pick<StopRow, "why" | "text"> | null {
  switch (message["stopReason"]) {
    case "error": {
      const why = readableError(bodyWords(body(message["errorMessage"]) ?? "").trim());
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
