import { closeSync, openSync, statSync } from "node:fs";
import type { SavedPrompt } from "../session/agent-process.ts";
import { LinesFromEnd } from "./lines-from-end.ts";

/**
 * The user's messages that a session file holds from a moment on, oldest first; reads back to that moment only.
 *
 * @param from bytes before which nothing counts
 */
export function savedPrompts(file: string, since: number, from = 0): SavedPrompt[] {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return [];
  const lines = new LinesFromEnd(size);
  const found: SavedPrompt[] = [];
  const descriptor = openSync(file, "r");
  try {
    while (!lines.finished) {
      lines.readChunk(descriptor, (text, start) => {
        if (start < from) return false;
        const { prompt, savedAt } = readLine(text);
        if (prompt && (prompt.timestamp ?? since) >= since) found.push(prompt);
        return !(savedAt < since);
      });
    }
  } finally {
    closeSync(descriptor);
  }
  return found.toReversed();
}

/** The user's message of a line, if it is one, and when the line was written; NaN when it does not say. */
function readLine(text: string): { prompt?: SavedPrompt; savedAt: number } {
  let entry: {
    type?: unknown;
    timestamp?: unknown;
    message?: { role?: unknown; content?: unknown; timestamp?: unknown };
  } | null;
  try {
    entry = JSON.parse(text) as typeof entry;
  } catch {
    return { savedAt: NaN };
  }
  const savedAt = typeof entry?.timestamp === "string" ? Date.parse(entry.timestamp) : NaN;
  const message = entry?.message;
  if (message?.role !== "user") return { savedAt };
  const timestamp = typeof message.timestamp === "number" ? message.timestamp : Number.isNaN(savedAt) ? null : savedAt;
  return { savedAt, prompt: { texts: textsOf(message.content), timestamp } };
}

function textsOf(content: unknown): string[] {
  const blocks = Array.isArray(content) ? (content as ({ text?: unknown } | null)[]) : [{ text: content }];
  return blocks.map((block) => block?.text).filter((text) => typeof text === "string");
}
