import type { AgentMessage, BashExecutionMessage, TranscriptItem, UserMessage } from "@pier/protocol";
import { limits } from "../limits.ts";

/** What the user said in a transcript, oldest first, as the Up key brings it back. Shortened texts are left out. */
export function promptsOf(items: readonly TranscriptItem[]): string[] {
  const prompts: string[] = [];
  for (let at = items.length - 1; at >= 0 && prompts.length < limits.promptHistory; at--) {
    const text = promptText(items[at]?.message);
    if (text !== null && text.trim() !== "") prompts.unshift(text);
  }
  return prompts;
}

/** What the user typed for a message; null when that is not known in full. */
export function promptText(message: AgentMessage | undefined): string | null {
  if (message?.role === "bashExecution") {
    const { command, excludeFromContext } = message as BashExecutionMessage;
    return `${excludeFromContext ? "!!" : "!"}${command}`;
  }
  if (message?.role !== "user") return null;
  const { content } = message as UserMessage;
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return null;
  const texts = content.flatMap((part: { type?: unknown; text?: unknown } | null) =>
    part?.type === "text" ? [part.text] : [],
  );
  return texts.every((text) => typeof text === "string") ? texts.join("\n") : null;
}
