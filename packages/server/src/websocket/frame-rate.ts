/** Counts frames in windows of one second. */
export class FrameRate {
  readonly #limit: number;
  readonly #now: () => number;
  #window = -Infinity;
  #count = 0;

  constructor(limit: number, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Whether one more frame is within the limit. */
  admit(): boolean {
    const now = this.#now();
    if (now - this.#window >= 1_000) {
      this.#window = now;
      this.#count = 0;
    }
    return ++this.#count <= this.#limit;
  }
}
