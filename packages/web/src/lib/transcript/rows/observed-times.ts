/** When things began and ended, as this page saw it: pi's records do not say. */
export class ObservedTimes {
  readonly #now: () => number;
  readonly #times = new Map<string, { since: number; until?: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The first call counts. `at`: when it is known better than by now; a clock elsewhere may be ahead. */
  begin(key: string, at = Infinity): void {
    if (!this.#times.has(key)) this.#times.set(key, { since: Math.min(at, this.#now()) });
  }

  /** The first call counts. */
  end(key: string): void {
    const time = this.#times.get(key);
    if (time) time.until ??= this.#now();
  }

  since(key: string): number | undefined {
    return this.#times.get(key)?.since;
  }

  /** ms */
  took(key: string): number | undefined {
    const time = this.#times.get(key);
    return time?.until === undefined ? undefined : time.until - time.since;
  }
}
