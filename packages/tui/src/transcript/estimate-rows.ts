import { list, record, string } from "@pier/client/messages";
import type { AgentMessage, TranscriptItem } from "@pier/protocol";
import { limits } from "../limits.ts";

export interface Space {
  width: number;
  rows: number;
  /** Whether tool calls show their output. */
  expanded: boolean;
}

/** Where items begin that take about as many rows as there are, the last one in any case; not between a call and its result. */
export function firstThatFits(items: readonly TranscriptItem[], space: Space): number {
  let first = items.length;
  let rows = 0;
  while (first > 0) {
    const item = items[first - 1];
    rows += item ? estimateRows(item.message, space) : 0;
    if (rows > space.rows && first < items.length) break;
    first--;
  }
  if (first === 0) return 0;
  while (first < items.length - 1 && items[first]?.message.role === "toolResult") first++;
  return first;
}

/** About how many rows a message takes, without making them. */
function estimateRows(message: AgentMessage, { width, expanded }: Space): number {
  const { role, content, output } = record(message);
  switch (role) {
    case "toolResult":
      return expanded ? Math.min(limits.toolRows, contentRows(content, width)) : 0;
    case "bashExecution":
      return 2 + Math.min(expanded ? limits.toolRows : limits.shellRows, textRows(output, width));
    case "user":
    case "assistant":
    case "custom":
      return 2 + contentRows(content, width);
    default:
      return 2;
  }
}

function contentRows(content: unknown, width: number): number {
  return list(content).reduce<number>((rows, part) => rows + partRows(part, width), textRows(content, width));
}

function partRows(part: unknown, width: number): number {
  const { type, text, thinking } = record(part);
  if (type === "image") return limits.imageRows / 2;
  return 1 + textRows(text, width) + textRows(thinking, width);
}

function textRows(value: unknown, width: number): number {
  const { head, tail } = record(value);
  const text = typeof value === "string" ? value : string(head) + string(tail);
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return Math.ceil(text.length / width) + lines;
}
