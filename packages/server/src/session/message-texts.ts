import type { AgentMessage } from "@pier/protocol";

/**
 * What people read of a message, piece by piece: text, thinking, calls of tools and their results, shell commands and
 * their output, summaries. Never images, signatures and other members that are not shown.
 */
export function messageTexts(message: AgentMessage): string[] {
  const { role, content, command, output, summary, errorMessage, entry } = message as Record<string, unknown>;
  // What Pier does not know is shown as it is.
  if (role === "entry") return stringsOf(entry);
  return [
    ...(typeof content === "string" ? [content] : Array.isArray(content) ? content.flatMap(blockTexts) : []),
    ...[command, output, summary, errorMessage].filter((text) => typeof text === "string"),
  ];
}

function blockTexts(block: unknown): string[] {
  const { type, text, thinking, name, arguments: given } = (block ?? {}) as Record<string, unknown>;
  switch (type) {
    case "text":
      return stringsOf(text);
    case "thinking":
      return stringsOf(thinking);
    case "toolCall":
      return [...stringsOf(name), ...stringsOf(given)];
    default:
      return [];
  }
}

/** Every string of a value, in order. The depth is bounded: a hostile value must not exhaust the stack. */
function stringsOf(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > maxDepth) return [];
  return Object.values(value).flatMap((part) => stringsOf(part, depth + 1));
}

const maxDepth = 50;
