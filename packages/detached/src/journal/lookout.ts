import { watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import { TAIL_POLL_MS } from "../limits.ts";

/** Says when to look at a file: at each change, now and then because watching may miss one, or after a rest. */
export class Lookout {
  readonly #path: string;
  readonly #look: () => void;
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  #rest: NodeJS.Timeout | undefined;
  #isWatchable = true;
  #closed = false;

  constructor(path: string, look: () => void) {
    this.#path = path;
    this.#look = look;
  }

  /** Looks at each change from now on, and once for what changed before. */
  watch(): void {
    this.#endRest();
    if (this.#closed || this.#watcher || (this.#poll && !this.#isWatchable)) return;
    try {
      this.#watcher = watch(this.#path, this.#look);
      this.#watcher.on("error", () => this.#pollAlone());
      this.#poll ??= setInterval(() => this.#rest ?? this.#look(), TAIL_POLL_MS.watched);
    } catch {
      this.#pollAlone(); // no watches left
    }
    this.#look();
  }

  /** Looks again after `ms`, however often the file changes until then. */
  rest(ms: number): void {
    if (this.#closed) return;
    this.#endRest();
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#rest = setTimeout(this.#look, ms);
  }

  /** Ends a rest. */
  hurry(): void {
    if (this.#rest) this.watch();
  }

  close(): void {
    this.#closed = true;
    this.#endRest();
    this.#watcher?.close();
    clearInterval(this.#poll);
  }

  #endRest(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
  }

  #pollAlone(): void {
    this.#isWatchable = false;
    this.#watcher?.close();
    this.#watcher = undefined;
    clearInterval(this.#poll);
    if (!this.#closed) this.#poll = setInterval(() => this.#rest ?? this.#look(), TAIL_POLL_MS.alone);
  }
}
