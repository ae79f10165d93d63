import type { AgentMessage } from "@pier/protocol";
import { limits } from "../limits.ts";
import { list, record } from "./base/loose.ts";

/** About how many rows a message takes, without making them. */
export function estimateRows(message: AgentMessage, width: number): number {
  const { role, content, output } = record(message);
  if (role === "toolResult") return 0;
  if (role === "bashExecution") return 2 + Math.min(limits.shellRows, textRows(output, width));
  if (role !== "user" && role !== "assistant" && role !== "custom") return 2;
  const parts = list(content).reduce<number>((rows, part) => rows + partRows(part, width), 0);
  return 2 + textRows(content, width) + parts;
}

function partRows(part: unknown, width: number): number {
  const { type, text, thinking } = record(part);
  if (type === "image") return limits.imageRows / 2;
  if (type === "toolCall") return 1;
  return 1 + textRows(text, width) + textRows(thinking, width);
}

function textRows(value: unknown, width: number): number {
  const text = typeof value === "string" ? value : typeof record(value)["head"] === "string" ? " ".repeat(2000) : "";
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return Math.ceil(text.length / width) + lines;
}
