import { readFileSync } from "node:fs";
import { DetachedError } from "../detached-error.ts";
import { errorCode, errorText } from "../error-code.ts";
import { writeAtomic } from "../folder/write-atomic.ts";

/** Where the journal begins. Positions are logical: they count every byte the child ever wrote. */
export interface Bounds {
  /** Position of the file's first byte; above 0 once the file was moved. */
  readonly base: number;
  /** First position still held; above `base` where a hole was punched. */
  readonly start: number;
}

/** Reads journal.json; without one nothing was trimmed yet. @throws DetachedError BAD_META */
export function readBounds(path: string): Bounds {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return { base: 0, start: 0 };
    throw new DetachedError("BAD_META", `Cannot read ${path}: ${errorText(cause)}`, { cause });
  }
  const bounds = parseBounds(text);
  if (bounds) return bounds;
  throw new DetachedError("BAD_META", `Cannot use ${path}: it should say version 1, a base and a start not below it`);
}

/** Replaces journal.json in one step. */
export function writeBounds(path: string, { base, start }: Bounds): void {
  writeAtomic(path, `${JSON.stringify({ version: 1, base, start })}\n`);
}

/** Reads unknown text as bounds; null when it is something else. */
export function parseBounds(text: string): Bounds | null {
  try {
    const { version, base, start } = JSON.parse(text) as Record<string, unknown>;
    return version === 1 && isPosition(base) && isPosition(start) && base <= start ? { base, start } : null;
  } catch {
    return null;
  }
}

/** A byte position: a whole number from 0. */
export function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
