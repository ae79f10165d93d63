import { closeSync, constants, openSync, writeSync } from "node:fs";
import { DetachedError } from "../detached-error.ts";
import type { DetachedErrorCode } from "../detached-error.ts";
import { errorCode } from "../error-code.ts";
import { FULL_PAUSE_MS, PIPE_BUF, QUEUE_BYTES, QUEUE_WRITES, TURN_BYTES, WRITE_BYTES } from "../limits.ts";

export interface WriteOptions {
  /** So many bytes at the end go in one write(2), all or none: at most PIPE_BUF. */
  readonly atomicTail?: number;
  readonly signal?: AbortSignal;
}

interface Entry {
  readonly bytes: Uint8Array;
  /** Where the atomic tail begins. */
  readonly split: number;
  written: number;
  readonly resolve: () => void;
  readonly reject: (error: DetachedError) => void;
  readonly forget: () => void;
}

/** Why a FIFO nobody reads is so: the child is dead, or it closed its stdin. */
export type WhyClosed = () => Promise<{ code: DetachedErrorCode; message: string }>;

/**
 * Writes to a FIFO in order without ever blocking; a full one is tried again with growing pauses.
 * write(2) itself and not a stream, because a stream neither promises the atomic tail nor tells what an aborted write left behind.
 */
export class FifoWriter {
  readonly #path: string;
  readonly #whyClosed: WhyClosed;
  readonly #queue: Entry[] = [];
  #waiting = 0;
  #fd: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  #pause: number = FULL_PAUSE_MS.shortest;
  #asking = false;

  constructor(path: string, whyClosed: WhyClosed) {
    this.#path = path;
    this.#whyClosed = whyClosed;
  }

  /** Resolves once all bytes are in the FIFO; leave `bytes` alone until then. */
  write(bytes: Uint8Array, options: WriteOptions = {}): Promise<void> {
    const { atomicTail = 0, signal } = options;
    const refusal = this.#refuse(bytes.length, atomicTail, signal);
    if (refusal) return Promise.reject(refusal);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = (): void => this.#settle(entry, aborted(entry, signal));
    const entry: Entry = {
      bytes,
      // What fits into one atomic write needs no split.
      split: bytes.length <= PIPE_BUF ? 0 : bytes.length - atomicTail,
      written: 0,
      resolve,
      reject,
      forget: () => signal?.removeEventListener("abort", onAbort),
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#queue.push(entry);
    this.#waiting += bytes.length;
    if (this.#queue.length === 1) this.#pump();
    return promise;
  }

  /** Rejects everything that waits, and lets go of the FIFO. */
  fail(code: DetachedErrorCode, message: string): void {
    this.#rest();
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    for (let entry = this.#queue[0]; entry; entry = this.#queue[0]) {
      this.#settle(entry, new DetachedError(code, message, { written: entry.written }));
    }
  }

  #refuse(length: number, atomicTail: number, signal?: AbortSignal): DetachedError | undefined {
    const most = Math.min(length, PIPE_BUF);
    if (!Number.isInteger(atomicTail) || atomicTail < 0 || atomicTail > most) {
      const text = `Cannot write: atomicTail is ${atomicTail}, should be 0 to ${most}`;
      return new DetachedError("BAD_ARGUMENT", text);
    }
    if (signal?.aborted) {
      return new DetachedError("ABORTED", "Write aborted before its first byte", {
        cause: signal.reason,
      });
    }
    if (this.#queue.length < QUEUE_WRITES && this.#waiting + length <= QUEUE_BYTES) return undefined;
    return new DetachedError(
      "QUEUE_FULL",
      `Cannot write ${length} bytes: ${this.#waiting} bytes in ${this.#queue.length} writes wait for the child, at most ${QUEUE_BYTES} in ${QUEUE_WRITES} may`,
    );
  }

  #pump(): void {
    this.#rest();
    if (this.#asking) return;
    let budget = TURN_BYTES;
    for (let entry = this.#queue[0]; entry; entry = this.#queue[0]) {
      while (entry.written < entry.bytes.length) {
        if (budget <= 0) {
          this.#turn = setImmediate(() => this.#pump());
          return;
        }
        let taken: number;
        try {
          taken = this.#writeOnce(entry);
        } catch (error) {
          this.#closed(error);
          return;
        }
        if (taken === 0) {
          this.#timer = setTimeout(() => this.#pump(), this.#pause);
          this.#pause = Math.min(this.#pause * 2, FULL_PAUSE_MS.longest);
          return;
        }
        this.#pause = FULL_PAUSE_MS.shortest;
        entry.written += taken;
        budget -= taken;
      }
      this.#settle(entry);
    }
  }

  /** One write(2); 0 when the FIFO is full. */
  #writeOnce({ bytes, split, written }: Entry): number {
    const end = written < split ? Math.min(split, written + WRITE_BYTES) : bytes.length;
    try {
      this.#fd ??= openSync(this.#path, constants.O_WRONLY | constants.O_NONBLOCK);
      return writeSync(this.#fd, bytes, written, end - written);
    } catch (error) {
      if (errorCode(error) === "EAGAIN") return 0;
      throw error;
    }
  }

  /** Nobody reads (ENXIO, EPIPE), or the FIFO itself is gone: no write can succeed. */
  #closed(cause: unknown): void {
    this.#asking = true;
    void this.#whyClosed().then(({ code, message }) => {
      this.#asking = false;
      this.fail(code, `${message} (${errorCode(cause) ?? "no code"})`);
    });
  }

  #settle(entry: Entry, error?: DetachedError): void {
    const at = this.#queue.indexOf(entry);
    if (at === -1) return;
    this.#queue.splice(at, 1);
    this.#waiting -= entry.bytes.length;
    entry.forget();
    if (!error) {
      entry.resolve();
      return;
    }
    entry.reject(error);
    if (at === 0 && this.#fd !== undefined) this.#pump(); // the next one may go now
  }

  #rest(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  }
}

function aborted(entry: Entry, signal?: AbortSignal): DetachedError {
  const { written, bytes } = entry;
  return new DetachedError("ABORTED", `Write aborted after ${written} of ${bytes.length} bytes`, {
    cause: signal?.reason,
    written,
  });
}
