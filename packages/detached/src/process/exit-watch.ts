import type { ChildProcess } from "node:child_process";
import { EXIT_POLL_MS } from "../limits.ts";

/** How a child ended; code and signal are known only for our own child. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it was our own child, so that the system told us how it ended. */
  readonly observed: boolean;
}

/** Tells once when a process is gone: from the system for our own child, by looking for any other. */
export class ExitWatch {
  /** Never settles once the watch was stopped before the end. */
  readonly exited: Promise<Exit>;
  readonly #isGone: () => boolean;
  #tell: (exit: Exit) => void;
  #over = false;
  #pause: number = EXIT_POLL_MS.shortest;
  #pending = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #own: ChildProcess | undefined;

  constructor(isGone: () => boolean, own?: ChildProcess) {
    const { promise, resolve } = Promise.withResolvers<Exit>();
    this.exited = promise;
    this.#tell = resolve;
    this.#isGone = isGone;
    this.#own = own;
    if (!own) this.#look();
    else if (own.exitCode === null && own.signalCode === null) own.once("exit", this.#onExit);
    else this.#onExit(own.exitCode, own.signalCode); // it ended before we came to listen
  }

  /** True once `exited` is settled. */
  get over(): boolean {
    return this.#over;
  }

  /** Something happened that an end often follows: look again soon, and then less and less often. */
  nudge(): void {
    if (this.#own || !this.#timer) return;
    this.#pause = EXIT_POLL_MS.shortest;
    if (this.#pending === EXIT_POLL_MS.shortest) return; // nudged without end, it must look all the same
    clearTimeout(this.#timer);
    this.#wait();
  }

  /** Looks no more; our own child is still reaped, and told of. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #onExit = (code: number | null, signal: NodeJS.Signals | null): void => {
    this.#end({ code, signal, observed: true });
  };

  #look(): void {
    if (this.#isGone()) this.#end({ code: null, signal: null, observed: false });
    else this.#wait();
  }

  #wait(): void {
    this.#pending = this.#pause;
    this.#timer = setTimeout(() => this.#look(), this.#pause).unref();
    this.#pause = Math.min(this.#pause * 2, EXIT_POLL_MS.longest);
  }

  #end(exit: Exit): void {
    this.stop();
    this.#over = true;
    this.#tell(exit);
  }
}
