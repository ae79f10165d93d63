import { fstatSync, readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { DetachedError } from "../detached-error.ts";
import type { Paths } from "../folder/paths.ts";
import { READ_BYTES } from "../limits.ts";
import { readBounds, isPosition, writeBounds } from "./bounds.ts";
import type { Bounds } from "./bounds.ts";
import { finishMove, moveJournal } from "./move-journal.ts";
import { punchHole } from "./punch-hole.ts";
import type { Writers } from "./writers.ts";

export interface TrimOptions {
  /** Default: punch a hole, and move where that cannot be done. */
  readonly method?: "auto" | "punch" | "move";
}

/** What the child wrote to stdout, in a file, addressed by logical byte position. */
export class Journal {
  readonly #paths: Paths;
  readonly #file: FileHandle;
  readonly #writers: Writers;
  #bounds: Bounds;
  #canPunch = true;
  #trimming: Promise<void> = Promise.resolve();

  constructor(paths: Paths, file: FileHandle, writers: Writers) {
    this.#paths = paths;
    this.#file = file;
    this.#writers = writers;
    this.#bounds = readBounds(paths.journal);
  }

  /** Position after the last byte. */
  size(): Promise<number> {
    return new Promise((resolve) => {
      resolve(this.sizeSync());
    });
  }

  /** Position after the last byte, at once. */
  sizeSync(): number {
    if (this.#file.fd === -1) throw disposed();
    return fstatSync(this.#file.fd).size + this.#bounds.base;
  }

  /** First position still held. */
  start(): number {
    return this.#bounds.start;
  }

  /** Bytes from `from` up to `to` or the journal's end. @throws DetachedError TRIMMED, BEYOND_END, TOO_LARGE, BAD_ARGUMENT */
  async read(from: number, to: number): Promise<Buffer> {
    for (;;) {
      const length = this.#check(from, to);
      const { base } = this.#bounds;
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const at = from - base + filled;
        const { bytesRead } = await this.#file.read(buffer, filled, length - filled, at);
        if (bytesRead === 0) break; // moved meanwhile
        filled += bytesRead;
      }
      this.#held(from); // a hole reads as zeros, so look again whether there is one now
      if (base === this.#bounds.base) return buffer.subarray(0, filled);
    }
  }

  /** As `read`, at once: for little that was written just now and is in memory. */
  readSync(from: number, to: number): Buffer {
    const length = this.#check(from, to);
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const at = from - this.#bounds.base + filled;
      const count = readSync(this.#file.fd, buffer, filled, length - filled, at);
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  }

  /** Gives up what lies before a position and its disk space; one trim at a time. @throws DetachedError BEYOND_END, CANNOT_TRIM */
  trim(before: number, { method = "auto" }: TrimOptions = {}): Promise<void> {
    const trimmed = this.#trimming.then(() => this.#trim(before, method));
    this.#trimming = trimmed.catch(() => {});
    return trimmed;
  }

  /** Waits for reads and a trim under way, then lets go of the file. */
  async close(): Promise<void> {
    await this.#trimming;
    await this.#file.close();
  }

  async #trim(before: number, method: "auto" | "punch" | "move"): Promise<void> {
    if (!isPosition(before)) throw badRange(before, before);
    await finishMove(this.#paths, this.#writers); // the last move may have failed half-way
    const size = this.sizeSync();
    if (before > size) throw beyond("trim the journal", before, size);
    const { base, start } = this.#bounds;
    if (before <= start) return;
    if (method !== "move" && (this.#canPunch || method === "punch")) {
      // Say so first: a crash in between leaves bytes nobody asks for, and the next hole begins at 0 again.
      this.#bounds = { base, start: before };
      writeBounds(this.#paths.journal, this.#bounds);
      if (await punchHole(this.#paths.output, before - base)) return;
      this.#canPunch = false;
      if (method === "punch")
        throw new DetachedError("CANNOT_TRIM", "Cannot punch a hole: no fallocate, or no holes here");
    }
    await moveJournal(this.#paths, { base, keep: before }, this.#writers, () => {
      this.#bounds = { base: before, start: before };
    });
  }

  #check(from: number, to: number): number {
    if (!isPosition(from) || !isPosition(to) || to < from) throw badRange(from, to);
    this.#held(from);
    const size = this.sizeSync();
    if (from > size) throw beyond("read the journal", from, size);
    const length = Math.min(to, size) - from;
    if (length <= READ_BYTES) return length;
    throw new DetachedError(
      "TOO_LARGE",
      `Cannot read the journal: the range has ${length} bytes, at most ${READ_BYTES} are read at once`,
    );
  }

  #held(from: number): void {
    const { start } = this.#bounds;
    if (from >= start) return;
    throw new DetachedError("TRIMMED", `Cannot read the journal: position is ${from}, journal starts at ${start}`);
  }
}

function beyond(what: string, position: number, size: number): DetachedError {
  return new DetachedError("BEYOND_END", `Cannot ${what}: position is ${position}, journal ends at ${size}`);
}

function badRange(from: number, to: number): DetachedError {
  return new DetachedError(
    "BAD_ARGUMENT",
    `Cannot read the journal: ${from} to ${to} is no range of whole numbers from 0`,
  );
}

function disposed(): DetachedError {
  return new DetachedError("DISPOSED", "Cannot read the journal: the handle was disposed");
}
