import { parseScript } from "../script/parse-script.ts";
import type { ParsedScript } from "../script/parse-script.ts";
import type { Step } from "../script/step.ts";
import type { Conversation } from "./read-conversation.ts";

/** Whether pi, and not the user, asks: for the summary of a compaction or of a branch that was left. */
export function isSummaryRequest({ system, prompt }: Conversation): boolean {
  return system.startsWith("You are a context summarization assistant") || prompt.startsWith("<conversation>\n");
}

/** A script given as the instructions of `compact`, so that tests can hold or break a compaction. */
export function parseSummaryScript({ prompt }: Conversation): ParsedScript {
  // The conversation being summarised may hold old scripts; pi puts the instructions at the very end.
  const focus = prompt.lastIndexOf("\nAdditional focus: !demo ");
  if (focus < 0) return { kind: "none" };
  return parseScript(prompt.slice(focus + "\nAdditional focus: ".length));
}

/** A short summary that is the same for the same conversation. */
export function answerSummary({ prompt }: Conversation): Step[] {
  const { user, assistant, tool, firstLine } = countMessages(prompt);
  const text = `Summary of ${user + assistant + tool} messages by the Pier demo model: ${user} from the user, ${assistant} from the assistant, ${tool} from tools.

## Goal
${firstLine === "" ? "(none given)" : firstLine}

## Next Steps
1. Continue where the conversation stopped`;
  return [{ text }];
}

const MARKER = /^\[(User|Assistant|Assistant thinking|Assistant tool calls|Tool result)\]: (.*)$/gmu;
const GOAL_CHARS = 120;

function countMessages(text: string): {
  user: number;
  assistant: number;
  tool: number;
  firstLine: string;
} {
  const counts = { user: 0, assistant: 0, tool: 0, firstLine: "" };
  let before = "";
  for (const [, kind = "", line = ""] of text.matchAll(MARKER)) {
    const role = kind.split(" ")[0] ?? "";
    if (role === "User") {
      if (counts.user === 0) counts.firstLine = [...line].slice(0, GOAL_CHARS).join("");
      counts.user += 1;
    } else if (role === "Tool") counts.tool += 1;
    // Thinking, text and tool calls of one message follow each other.
    else if (before !== "Assistant" || kind === "Assistant thinking") counts.assistant += 1;
    before = role;
  }
  return counts;
}
