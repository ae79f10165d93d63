import { number, record } from "@pier/client/messages";
import type { AgentMessage } from "@pier/protocol";
import type { Block } from "../screen/block.ts";
import { cleanBody } from "./base/clean.ts";
import { customMessage } from "./messages/custom-message.ts";
import { foldedText } from "./messages/folded-text.ts";
import { plainCard } from "./messages/plain-card.ts";
import { shellCommand } from "./messages/shell-command.ts";
import { userMessage } from "./messages/user-message.ts";
import type { View } from "./view.ts";

/** Blocks for a finished message that is neither the model's nor a tool's; each stands apart. */
export function messageBlocks(message: AgentMessage, view: View): Block[] {
  const members = record(message);
  switch (message.role) {
    case "user":
      return userMessage(members["content"], view);
    case "bashExecution":
      return [shellCommand(members, view)];
    case "custom":
      return customMessage(members, view);
    case "compactionSummary": {
      const tokens = number(members["tokensBefore"]);
      const size = tokens === undefined ? "" : ` from ${tokens.toLocaleString("en-US")} tokens`;
      return [foldedText(`The conversation was compacted${size}`, cleanBody(members["summary"]), view)];
    }
    case "branchSummary":
      return [foldedText("Summary of the branch that was left", cleanBody(members["summary"]), view)];
    default:
      return [plainCard(members, view)];
  }
}
