import { setImmediate as turn } from "node:timers/promises";
import { DetachedError } from "../detached-error.ts";
import { CHUNK_BYTES, HOT_BYTES, TURN_BYTES, TURN_CHUNKS } from "../limits.ts";
import type { Journal } from "./journal.ts";
import { Lookout } from "./lookout.ts";

/** Takes bytes in order; a promise holds the next chunk back until it settles. */
export type OnChunk = (chunk: Buffer, position: number) => void | Promise<void>;

/** Follows a journal. */
export interface Tail {
  /** First position that `onChunk` has not finished with. */
  readonly position: number;
  /** Resolves once everything in the journal now was delivered; rejects when the tail ends before. */
  caughtUp(): Promise<void>;
  /** Ends a rest: somebody waits for what comes next. */
  hurry(): void;
  /** Delivers nothing more; `done` resolves. */
  close(): void;
  /** Resolves when closed, aborted, or the child is gone and all it wrote was delivered; rejects with what `onChunk` threw, TRIMMED or BEYOND_END. */
  readonly done: Promise<void>;
}

export interface TailOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * While chunks come one soon after the other: how long, in ms, the tail may rest before it looks again, so that many
   * small writes cost one wake-up. Asked after each read; 0 looks at every write.
   */
  readonly rest?: (() => number) | undefined;
}

interface Waiter {
  readonly target: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface TailParts extends TailOptions {
  readonly path: string;
  readonly journal: Journal;
  readonly from: number;
  readonly onChunk: OnChunk;
  /** Called at every end of file that follows growth: the child may have ended. */
  readonly onQuiet: () => void;
  readonly onClose: (tail: JournalTail) => void;
}

/** Reads in the callback of fs.watch itself, which is what keeps the added latency low. */
export class JournalTail implements Tail {
  readonly done: Promise<void>;
  position: number;
  readonly #parts: TailParts;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  #waiters: Waiter[] = [];
  readonly #lookout: Lookout;
  #readAt = -Infinity;
  #busy = false;
  #again = false;
  #closed = false;
  #ending = false;

  constructor(parts: TailParts) {
    this.#parts = parts;
    this.position = parts.from;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.done = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#lookout = new Lookout(parts.path, () => this.#wake());
    parts.signal?.addEventListener("abort", this.close);
    if (parts.signal?.aborted) this.close();
    // Later, so that the caller has the tail before its first chunk.
    else setImmediate(() => this.#lookout.watch());
  }

  caughtUp(): Promise<void> {
    return new Promise((resolve, reject) => {
      const target = this.#parts.journal.sizeSync();
      if (this.position >= target) resolve();
      else if (this.#closed) throw this.#cut();
      else this.#waiters.push({ target, resolve, reject });
      this.#wake();
    });
  }

  hurry(): void {
    this.#lookout.hurry();
  }

  readonly close = (): void => {
    this.#finish(this.#resolve, () => this.#cut());
  };

  /** The child is gone: deliver what there is, then end. */
  end(): void {
    this.#ending = true;
    this.#wake();
  }

  #wake(): void {
    this.#again = true;
    if (!this.#busy && !this.#closed) void this.#pump();
  }

  /** Runs up to its first `await` at once, so a small record is delivered within the wake-up. */
  async #pump(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        const ending = this.#ending; // before the read: what comes later is not the child's
        await this.#drain();
        if (ending) this.close();
      }
    } catch (error) {
      this.#finish(
        () => this.#reject(error),
        () => error,
      );
    } finally {
      this.#busy = false;
    }
  }

  async #drain(): Promise<void> {
    const { journal, onChunk, onQuiet } = this.#parts;
    let bytes = 0;
    let chunks = 0;
    while (!this.#closed) {
      const left = journal.sizeSync() - this.position;
      const to = this.position + Math.min(Math.max(left, 0), CHUNK_BYTES);
      const isHot = left <= HOT_BYTES;
      const chunk = isHot ? journal.readSync(this.position, to) : await journal.read(this.position, to);
      if (this.#closed) return;
      if (chunk.length === 0) break;
      const held = onChunk(chunk, this.position);
      if (held) await held;
      this.position += chunk.length;
      this.#tellWaiters();
      bytes += chunk.length;
      chunks += 1;
      if (bytes % TURN_BYTES < chunk.length || chunks % TURN_CHUNKS === 0) await turn();
    }
    if (chunks > 0) onQuiet();
    this.#waitForMore(chunks > 0);
  }

  /** Rests while chunks keep coming and nobody is in a hurry, otherwise watches. */
  #waitForMore(hasRead: boolean): void {
    const rest = hasRead ? (this.#parts.rest?.() ?? 0) : 0;
    const now = performance.now();
    const isSteady = now - this.#readAt < 2 * rest;
    if (hasRead) this.#readAt = now;
    if (isSteady) this.#lookout.rest(rest);
    else this.#lookout.watch();
  }

  #tellWaiters(): void {
    if (this.#waiters.length === 0) return;
    const reached = this.#waiters.filter(({ target }) => target <= this.position);
    this.#waiters = this.#waiters.filter(({ target }) => target > this.position);
    for (const { resolve } of reached) resolve();
  }

  #finish(settle: () => void, reason: () => unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#lookout.close();
    this.#parts.signal?.removeEventListener("abort", this.close);
    this.#parts.onClose(this);
    for (const { reject } of this.#waiters) reject(reason());
    this.#waiters = [];
    settle();
  }

  #cut(): DetachedError {
    return new DetachedError("ABORTED", `Tail closed at position ${this.position}`);
  }
}
