/** Bytes that may be spent at once; what was spent comes back steadily. */
export class ByteBudget {
  readonly #most: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  #left: number;
  #since: number;

  constructor(most: number, perSecond: number, now: () => number) {
    this.#most = most;
    this.#perSecond = perSecond;
    this.#now = now;
    this.#left = most;
    this.#since = now();
  }

  /** Takes bytes if so many are left; whether it did. */
  spend(bytes: number): boolean {
    const now = this.#now();
    // A clock that was set back gives nothing, and takes nothing.
    const back = (Math.max(0, now - this.#since) * this.#perSecond) / 1_000;
    this.#since = now;
    this.#left = Math.min(this.#most, this.#left + back);
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}
