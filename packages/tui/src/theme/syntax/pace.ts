import { limits } from "../../limits.ts";

/** Keeps work from holding up the keyboard: so much of each stretch of time, and no more. */
export class Pace {
  readonly #now: () => number;
  #begun = 0;
  #spent = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether there is time left in the present stretch. */
  allows(): boolean {
    const now = this.#now();
    if (now - this.#begun >= limits.longCodePause) [this.#begun, this.#spent] = [now, 0];
    return this.#spent < limits.highlighting;
  }

  measure<T>(work: () => T): T {
    const begun = this.#now();
    try {
      return work();
    } finally {
      this.#spent += this.#now() - begun;
    }
  }
}
