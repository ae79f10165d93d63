import { record, string } from "@pier/client/messages";
import type { AgentMessage } from "@pier/protocol";
import { limits } from "../../limits.ts";
import type { Block } from "../../screen/block.ts";
import type { Theme } from "../../theme/theme.ts";
import { clean, cleanBody } from "../base/clean.ts";
import { firstLines } from "../base/text-lines.ts";
import { TextBlock } from "../text-block.ts";

/** Why the model's message ended where it did, unless it was over. */
export function stopLine(message: AgentMessage, theme: Theme): Block | null {
  const { stopReason, errorMessage } = record(message);
  switch (stopReason) {
    case "error": {
      const why = firstLines(readable(cleanBody(errorMessage).trim()), 10).lines.join("\n");
      return new TextBlock(`Model request failed: ${why || "no reason was given"}`, (row) => theme.fg("error", row));
    }
    case "aborted":
      return new TextBlock("Stopped.", (row) => theme.fg("warning", row));
    case "length":
      return new TextBlock("The model reached the length limit of an answer.", (row) => theme.fg("warning", row));
    default:
      return null;
  }
}

/** Providers answer in JSON, of which people want the message: `529: {"error":{"message":"Overloaded"}}`. */
function readable(text: string): string {
  const [, before = "", json] = /^([^{]*)(\{.*\})$/s.exec(text) ?? [];
  if (json === undefined || json.length > limits.text) return text;
  try {
    const answer = record(JSON.parse(json));
    const message = string(answer["message"]) || string(record(answer["error"])["message"]);
    return message ? before + clean(message) : text;
  } catch {
    return text;
  }
}
