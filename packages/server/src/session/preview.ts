import type { AgentMessage } from "@pier/protocol";
import { limits } from "../limits.ts";

/** The last line, or the first, that somebody said in a message, for lists; null for messages that say nothing to people. */
export function previewOf(message: AgentMessage, which: "first" | "last" = "last"): string | null {
  if (message.role !== "user" && message.role !== "assistant") return null;
  const { content } = message as { content?: unknown };
  const texts = typeof content === "string" ? [content] : Array.isArray(content) ? content.map(textOf) : [];
  const lines = texts
    .join("\n")
    .split("\n")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const line = lines.at(which === "last" ? -1 : 0);
  return line === undefined ? null : line.slice(0, limits.preview);
}

function textOf(block: unknown): string {
  const { type, text } = (block ?? {}) as { type?: unknown; text?: unknown };
  return type === "text" && typeof text === "string" ? text : "";
}
