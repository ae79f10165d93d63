import { closeSync, openSync, readSync } from "node:fs";
import type { AgentMessage } from "@pier/protocol";
import { parseEntry } from "../agent/session-entries.ts";
import { limits } from "../limits.ts";
import { previewOf } from "../session/preview.ts";
import { type Entry, findName, nameIn } from "./session-name.ts";

/** What a list shows of a session of plain pi. */
export interface PiSession {
  /** pi's own id of it. */
  id: string;
  file: string;
  cwd: string;
  name: string | null;
  /** What a person asked for first. */
  preview: string | null;
  /** ms since 1970. */
  createdAt: number;
  /** ms since 1970. */
  lastActiveAt: number;
}

/** A session with how much is known of its file. */
export interface Summary {
  session: PiSession;
  /** The name is the last one of so many bytes. */
  namedTo: number;
}

export interface SummaryOptions {
  size: number;
  mtimeMs: number;
  /** What was read when the file was smaller. */
  earlier?: Summary | null | undefined;
  /** Whether a name is looked for between both ends as well, as far as `limits.nameSearch`. */
  thorough?: boolean | undefined;
}

/** Reads the beginning and the end of a session file, however large it is; null when it is none of pi. */
export function readSummary(file: string, options: SummaryOptions): Summary | null {
  const { size, mtimeMs } = options;
  const { head, tail, tailFrom } = readEnds(file, size);
  const [header, ...first] = head;
  if (header?.type !== "session") return null;
  const { id, cwd, timestamp } = header;
  if (typeof id !== "string" || !idPattern.test(id)) return null;
  if (typeof cwd !== "string" || !cwd.startsWith("/")) return null;
  const last = tail.findLast((entry) => timeOf(entry.timestamp) !== null);
  const inHead = nameIn(first) ?? null;
  const known = options.earlier?.session.id === id && options.earlier.namedTo <= size ? options.earlier : null;
  const { name, namedTo } =
    nameIn(tail) !== undefined
      ? { name: nameIn(tail) ?? null, namedTo: size }
      : between(
          file,
          { name: known?.session.name ?? inHead, from: known?.namedTo ?? limits.summaryBytes },
          tailFrom,
          options,
        );
  const session: PiSession = {
    id,
    file,
    cwd,
    name: detached(name),
    preview: detached(first.map(askedIn).find((text) => text !== null) ?? null),
    createdAt: timeOf(timestamp) ?? mtimeMs,
    lastActiveAt: timeOf(last?.timestamp) ?? mtimeMs,
  };
  return { session, namedTo };
}

/** The name of a file whose end holds none: what is known of its beginning, or what stands in between. */
function between(
  file: string,
  known: { name: string | null; from: number },
  to: number,
  { size, thorough }: SummaryOptions,
): { name: string | null; namedTo: number } {
  if (known.from >= to) return { name: known.name, namedTo: size };
  if (thorough !== true) return { name: known.name, namedTo: known.from };
  const found = findName(file, known.from, to);
  return { name: found === undefined ? known.name : found, namedTo: size };
}

/** As pi makes them, and as a path of the API may hold. */
const idPattern = /^[\w-]{8,100}$/;

/** The entries that stand whole at both ends of a file; of a small file all of them, as its beginning and as its end. */
function readEnds(file: string, size: number): { head: Entry[]; tail: Entry[]; tailFrom: number } {
  const descriptor = openSync(file, "r");
  try {
    const head = readText(descriptor, 0, Math.min(size, limits.summaryBytes));
    if (size <= limits.summaryBytes) return { head: entries(head), tail: entries(head), tailFrom: 0 };
    const tailFrom = Math.max(limits.summaryBytes, size - limits.summaryBytes);
    const tail = readText(descriptor, tailFrom, size);
    // What is cut is no entry, and is skipped as pi skips a torn line.
    return { head: entries(head), tail: entries(tail), tailFrom };
  } finally {
    closeSync(descriptor);
  }
}

/** One for all files, because nothing is awaited between: thousands would cost more than what is read. */
let room: Buffer | undefined;

function readText(descriptor: number, from: number, to: number): string {
  room ??= Buffer.alloc(limits.summaryBytes);
  return room.toString("utf8", 0, readSync(descriptor, room, 0, to - from, from));
}

/** A text that does not keep the longer one alive from which it was cut. */
function detached(text: string | null): string | null {
  return text === null ? null : Buffer.from(text).toString();
}

function entries(text: string): Entry[] {
  return text.split("\n").flatMap((line) => (line.startsWith("{") ? (parseEntry(line) ?? []) : []));
}

function askedIn({ type, message }: Entry): string | null {
  if (type !== "message" || typeof message !== "object" || message === null) return null;
  return (message as AgentMessage).role === "user" ? previewOf(message as AgentMessage, "first") : null;
}

function timeOf(timestamp: unknown): number | null {
  const time = typeof timestamp === "string" ? Date.parse(timestamp) : NaN;
  return Number.isNaN(time) ? null : time;
}
