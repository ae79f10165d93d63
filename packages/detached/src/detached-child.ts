import type { Meta } from "./folder/meta.ts";
import type { WriteOptions } from "./input/fifo-writer.ts";
import type { TrimOptions } from "./journal/journal.ts";
import type { OnChunk, Tail, TailOptions } from "./journal/tail.ts";
import type { Exit } from "./process/exit-watch.ts";
import type { ProcessState } from "./process/process-table.ts";
import type { TerminateOptions } from "./process/terminate.ts";

/** A program that runs, or ran, with a folder's files as its stdio. */
export interface DetachedChild {
  /** Absolute, without symbolic links. */
  readonly folder: string;
  /** null when nothing was ever started here: the starter ended too early. */
  readonly pid: number | null;
  readonly meta: Meta;
  readonly journal: DetachedJournal;

  /** A zombie is dead; so is a child whose pid somebody else has now. */
  state(): ProcessState;
  /** Resolves once the child is gone; keeps no event loop alive, and stays open when disposed before. */
  readonly exited: Promise<Exit>;

  /**
   * Resolves once all bytes are in the FIFO, in the order of the calls; waits while it is full.
   * Leave `bytes` alone until then. `DetachedError.written` tells how much of a failed write the child got.
   * @throws DetachedError CHILD_DEAD, INPUT_CLOSED, QUEUE_FULL, ABORTED, DISPOSED, BAD_ARGUMENT
   */
  write(bytes: Uint8Array, options?: WriteOptions): Promise<void>;
  /** Delivers the journal from a position on, in chunks of up to 256 KiB; see `Tail`. */
  tail(from: number, onChunk: OnChunk, options?: TailOptions): Tail;
  /** The end of what the child wrote to stderr, as UTF-8. Default 64 KiB. */
  stderrTail(maxBytes?: number): Promise<string>;
  /** Cuts stderr on disk down to its last 64 KiB once it is larger than `above`; resolves to whether it was. */
  boundStderr(above: number): Promise<boolean>;

  /** Signals the child, or its whole group; false when it is gone. */
  signal(signal: NodeJS.Signals, options?: { group?: boolean }): boolean;
  /**
   * Ends the child: SIGTERM and SIGCONT to it, and after `graceMs` SIGKILL to its group.
   * When it resolves, the child and all members of its group are gone.
   * @throws DetachedError ABORTED, STILL_ALIVE
   */
  terminate(options: TerminateOptions): Promise<void>;
  /** Lets go of every handle, closes tails, rejects waiting writes; the child goes on. */
  dispose(): Promise<void>;
  /** Disposes, and deletes the folder. @throws DetachedError CHILD_ALIVE */
  remove(): Promise<void>;
}

/** What the child wrote to stdout; positions count every byte it ever wrote. */
export interface DetachedJournal {
  /** Position after the last byte. */
  size(): Promise<number>;
  /** First position still held. */
  start(): number;
  /** Bytes from `from` up to `to` or the end, at most 64 MiB. @throws DetachedError TRIMMED, BEYOND_END, TOO_LARGE, BAD_ARGUMENT */
  read(from: number, to: number): Promise<Buffer>;
  /** As `read`, at once. */
  readSync(from: number, to: number): Buffer;
  /** Gives up what lies before a position, and its disk space. @throws DetachedError BEYOND_END, CANNOT_TRIM */
  trim(before: number, options?: TrimOptions): Promise<void>;
}
