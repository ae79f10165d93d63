import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { limits } from "../limits.ts";
import type { SessionFiles } from "../session/agent-process.ts";
import { savedPrompts } from "./saved-prompts.ts";
import { entryMessage, parseEntry } from "./session-entries.ts";
import { SessionFileItems } from "./session-file-items.ts";

/** pi's session files on disk. */
export const sessionFiles: SessionFiles = {
  problem(file) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return `The session file ${file} is gone: the conversation cannot be shown or resumed.`;
    if (!found.isFile()) return `${file} is not a file: the conversation cannot be shown or resumed.`;
    if (found.size === 0) return `The session file ${file} is empty: the conversation cannot be shown or resumed.`;
    if (header(file)) return null;
    return `The file ${file} is not a session of pi: its first line is no session header.`;
  },

  isRewrittenOnLoad(file) {
    return header(file)?.version !== currentFileVersion;
  },

  size(file) {
    return statSync(file, { throwIfNoEntry: false })?.size ?? null;
  },

  open(file, size) {
    return new SessionFileItems(file, size);
  },

  read(file, start, end) {
    // A file that is gone is as one that was written over: its line says nothing any more.
    return entryMessage(existsSync(file) ? readRange(file, start, end) : "");
  },

  savedPrompts,
};

/** The version of session files that every supported pi writes. */
const currentFileVersion = 3;

/** The first line of a session file; undefined when it is none. */
function header(file: string): ReturnType<typeof parseEntry> {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const [line = ""] = readRange(file, 0, Math.min(size, limits.fileChunk)).split("\n", 1);
  const entry = parseEntry(line);
  return entry?.type === "session" ? entry : undefined;
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
