import { readableError, record } from "@pier/client/messages";
import type { AgentMessage } from "@pier/protocol";
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
      const why = firstLines(clean(readableError(cleanBody(errorMessage).trim())), 10).lines.join("\n");
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
