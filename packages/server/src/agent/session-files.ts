import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { limits } from "../limits.ts";
import type { SessionFiles } from "../session/agent-process.ts";
import { entryMessage } from "./session-entries.ts";
import { SessionFileItems } from "./session-file-items.ts";

/** pi's session files on disk. */
export const sessionFiles: SessionFiles = {
  problem(file) {
    if (!existsSync(file)) return `The session file ${file} is gone: the conversation cannot be shown or resumed.`;
    const head = readRange(file, 0, Math.min(statSync(file).size, limits.fileChunk));
    if (head.length === 0) return `The session file ${file} is empty: the conversation cannot be shown or resumed.`;
    const line = head.split("\n", 1)[0] ?? "";
    try {
      const header = JSON.parse(line) as { type?: unknown } | null;
      if (header?.type === "session") return null;
    } catch {
      // Said below.
    }
    return `The file ${file} is not a session of pi: its first line is no session header.`;
  },

  isRewrittenOnLoad(file) {
    const head = readRange(file, 0, Math.min(statSync(file).size, limits.fileChunk));
    const { version } = JSON.parse(head.split("\n", 1)[0] ?? "{}") as { version?: unknown };
    return version !== currentFileVersion;
  },

  size(file) {
    return statSync(file, { throwIfNoEntry: false })?.size ?? null;
  },

  open(file, size) {
    return new SessionFileItems(file, size);
  },

  read(file, start, end) {
    return entryMessage(readRange(file, start, end));
  },

  holdsPrompt(file, from, text) {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= from) return false;
    // What a person typed stands in the saved message, alone or at the head of what extensions made of it.
    return readRange(file, from, size)
      .split("\n")
      .some((line) => isUserMessage(line, text));
  },
};

/** The version of session files that every supported pi writes. */
const currentFileVersion = 3;

function isUserMessage(line: string, text: string): boolean {
  if (!line.includes('"role":"user"')) return false;
  try {
    const { message } = JSON.parse(line) as { message?: { role?: unknown; content?: unknown } };
    if (message?.role !== "user") return false;
    const { content } = message;
    const blocks = Array.isArray(content) ? (content as { text?: unknown }[]) : [{ text: content }];
    return blocks.some((block) => block.text === text);
  } catch {
    return false;
  }
}

function readRange(file: string, start: number, end: number): string {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(end - start);
    const read = readSync(descriptor, bytes, 0, bytes.length, start);
    return bytes.toString("utf8", 0, read);
  } finally {
    closeSync(descriptor);
  }
}
