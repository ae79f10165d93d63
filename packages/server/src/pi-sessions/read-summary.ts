import { closeSync, openSync, readSync } from "node:fs";
import type { AgentMessage } from "@pier/protocol";
import { parseEntry } from "../agent/session-entries.ts";
import { limits } from "../limits.ts";
import { previewOf } from "../session/preview.ts";

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

type Entry = NonNullable<ReturnType<typeof parseEntry>>;

/** Reads the beginning and the end of a session file, however large it is; null when it is none of pi. */
export function readSummary(file: string, { size, mtimeMs }: { size: number; mtimeMs: number }): PiSession | null {
  const { head, tail } = readEnds(file, size);
  const [header, ...first] = head;
  if (header?.type !== "session") return null;
  const { id, cwd, timestamp } = header;
  if (typeof id !== "string" || !idPattern.test(id)) return null;
  if (typeof cwd !== "string" || !cwd.startsWith("/")) return null;
  const last = tail.findLast((entry) => timeOf(entry.timestamp) !== null);
  return {
    id,
    file,
    cwd,
    name: detached(nameIn(tail) ?? nameIn(first)),
    preview: detached(first.map(askedIn).find((text) => text !== null) ?? null),
    createdAt: timeOf(timestamp) ?? mtimeMs,
    lastActiveAt: timeOf(last?.timestamp) ?? mtimeMs,
  };
}

/** As pi makes them, and as a path of the API may hold. */
const idPattern = /^[\w-]{8,100}$/;

/** The entries that stand whole at both ends of a file; of a small file all of them, as its beginning and as its end. */
function readEnds(file: string, size: number): { head: Entry[]; tail: Entry[] } {
  const descriptor = openSync(file, "r");
  try {
    const head = readText(descriptor, 0, Math.min(size, limits.summaryBytes));
    if (size <= limits.summaryBytes) return { head: entries(head), tail: entries(head) };
    const from = Math.max(limits.summaryBytes, size - limits.summaryBytes);
    const tail = readText(descriptor, from, size);
    // What is cut is no entry, and is skipped as pi skips a torn line.
    return { head: entries(head), tail: entries(tail) };
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

function nameIn(found: readonly Entry[]): string | null {
  const name = found.findLast(({ type }) => type === "session_info")?.["name"];
  return typeof name === "string" && name !== "" ? name.slice(0, limits.preview) : null;
}

function askedIn({ type, message }: Entry): string | null {
  if (type !== "message" || typeof message !== "object" || message === null) return null;
  return (message as AgentMessage).role === "user" ? previewOf(message as AgentMessage, "first") : null;
}

function timeOf(timestamp: unknown): number | null {
  const time = typeof timestamp === "string" ? Date.parse(timestamp) : NaN;
  return Number.isNaN(time) ? null : time;
}
