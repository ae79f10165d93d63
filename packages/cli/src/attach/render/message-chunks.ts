import type {
  AgentMessage,
  BashExecutionMessage,
  CustomMessage,
  SummaryMessage,
  ToolResultMessage,
  UserMessage,
} from "@pier/protocol";
import { bodyText, contentText } from "@pier/tui/text";
import { type Chunk, chunk, line } from "./chunk.ts";
import { type Call, toolLines } from "./tool-line.ts";

/** A message that comes whole: everything but the assistant's, which streams. Empty for what people need not see. */
export function messageChunks(message: AgentMessage, call: Call | undefined): Chunk[] {
  switch (message.role) {
    case "user":
      return userChunks(message as UserMessage);
    case "toolResult": {
      const result = message as ToolResultMessage;
      return toolLines(call ?? { name: result.toolName, arguments: {} }, result);
    }
    case "bashExecution":
      return bashChunks(message as BashExecutionMessage);
    case "custom": {
      const { display, content } = message as CustomMessage;
      return display ? [line(contentText(content).trimEnd(), "accent")] : [];
    }
    case "compactionSummary":
      return [line("— The conversation so far was summarised to make room. —", "dim")];
    case "branchSummary":
      return [line(`— Another branch: ${bodyText((message as SummaryMessage).summary).split("\n", 1)[0]} —`, "dim")];
    default:
      return [];
  }
}

/** The prompt of a person, marked on each of its lines. */
function userChunks({ content }: UserMessage): Chunk[] {
  const lines = contentText(content).trimEnd().split("\n");
  return lines.map((text, at) => line(`${at === 0 ? "›" : " "} ${text}`, "accent"));
}

const outputLines = 20;

function bashChunks(message: BashExecutionMessage): Chunk[] {
  const failed = message.cancelled || (message.exitCode ?? 0) !== 0;
  const mark = failed ? chunk("✗", "bad") : chunk("✓", "good");
  const why = message.cancelled ? " stopped" : failed ? ` exit ${message.exitCode}` : "";
  const output = bodyText(message.output).trimEnd();
  const lines = output === "" ? [] : output.split("\n");
  const shown = lines.slice(-outputLines);
  if (lines.length > shown.length) shown.unshift(`… ${lines.length - shown.length} lines more`);
  return [
    chunk(`! ${message.command.split("\n", 1)[0]}  `),
    mark,
    line(why, "dim"),
    ...shown.map((text) => line(`  ${text}`, "dim")),
  ];
}
