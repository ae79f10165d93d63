import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { DetachedError } from "../detached-error.ts";
import { errorText } from "../error-code.ts";
import type { Paths } from "../folder/paths.ts";
import { writeAtomic } from "../folder/write-atomic.ts";
import { MOVE_BYTES } from "../limits.ts";
import { isPosition, writeBounds } from "./bounds.ts";
import type { Writers } from "./writers.ts";

/** From where the file starts now to where it shall start. */
export interface Move {
  readonly base: number;
  readonly keep: number;
}

interface Note {
  readonly keep: number;
  readonly atRest: readonly number[];
}

/**
 * Makes the journal's file smaller where no hole can be punched, without losing a byte:
 * stop whoever writes, copy what stays, put it to the front, cut the rest off, let them go on.
 * move.json says that this is under way, so that after a crash `finishMove` can end it.
 * @throws DetachedError CANNOT_TRIM
 */
export async function moveJournal(
  paths: Paths,
  { base, keep }: Move,
  writers: Writers,
  onMoved: () => void,
): Promise<void> {
  const atRest = writers.atRest();
  try {
    writeAtomic(paths.move, JSON.stringify({ keep, atRest } satisfies Note));
    await writers.stop();
    // From here to the end in one go: nobody in this process may read in between.
    copyKept(paths, keep - base);
    putInFront(paths);
    writeBounds(paths.journal, { base: keep, start: keep });
    onMoved();
    rmSync(paths.kept, { force: true });
  } catch (cause) {
    if (cause instanceof DetachedError) throw cause;
    throw new DetachedError("CANNOT_TRIM", `Cannot move ${paths.output}: ${errorText(cause)}`, {
      cause,
    });
  } finally {
    // A half-done move stays noted, and its writers at rest, until `finishMove`.
    if (!existsSync(paths.kept)) {
      rmSync(paths.move, { force: true });
      writers.goOn(atRest);
    }
  }
}

/** Ends a move that a crash cut short, and lets the writers go on. */
export async function finishMove(paths: Paths, writers: Writers): Promise<void> {
  const note = readNote(paths.move);
  if (!note) return;
  if (existsSync(paths.kept)) {
    await writers.stop(); // somebody may have let them go on
    putInFront(paths);
    writeBounds(paths.journal, { base: note.keep, start: note.keep });
    rmSync(paths.kept);
  }
  rmSync(paths.move);
  writers.goOn(note.atRest);
}

/** The copy gets its name only when it is whole: from then on it is the truth. */
function copyKept(paths: Paths, from: number): void {
  const temporary = `${paths.kept}.tmp`;
  const source = openSync(paths.output, "r");
  const target = openSync(temporary, "w", 0o600);
  try {
    fchmodSync(target, 0o600);
    copyBytes(source, from, target);
    fsyncSync(target);
    renameSync(temporary, paths.kept);
  } finally {
    closeSync(source);
    closeSync(target);
    rmSync(temporary, { force: true });
  }
}

/** The same inode, because the child has it open; doing it twice does no harm. */
function putInFront(paths: Paths): void {
  const source = openSync(paths.kept, "r");
  const target = openSync(paths.output, "r+");
  try {
    copyBytes(source, 0, target);
    ftruncateSync(target, fstatSync(source).size);
    fsyncSync(target);
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function copyBytes(source: number, from: number, target: number): void {
  const block = Buffer.allocUnsafe(MOVE_BYTES);
  for (let at = 0, count = 0; ; at += count) {
    count = readSync(source, block, 0, block.length, from + at);
    if (count === 0) return;
    for (let done = 0; done < count;) {
      done += writeSync(target, block, done, count - done, at + done);
    }
  }
}

function readNote(path: string): Note | null {
  if (!existsSync(path)) return null;
  const { keep, atRest } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  if (!isPosition(keep) || !Array.isArray(atRest)) {
    throw new DetachedError("BAD_META", `Cannot use ${path}: it should say keep and atRest`);
  }
  return { keep, atRest: atRest.filter((pid) => Number.isSafeInteger(pid)) };
}
