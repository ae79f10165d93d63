import { limits } from "../limits.ts";

/** How long to wait before the next attempt: not at all, then up to a bound that doubles, with full jitter. */
export class Backoff {
  #attempts = 0;
  #openedAt: number | undefined;
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A connection was welcomed at `now`. */
  opened(now: number): void {
    this.#openedAt = now;
  }

  /** The wait in ms after an attempt or a connection ended at `now`. */
  next(now: number): number {
    if (this.#openedAt !== undefined && now - this.#openedAt >= limits.stable) this.#attempts = 0;
    this.#openedAt = undefined;
    const bound = Math.min(limits.backoffMax, limits.backoffBase * 2 ** (this.#attempts - 1));
    return this.#attempts++ === 0 ? 0 : Math.floor(this.#random() * bound);
  }
}
