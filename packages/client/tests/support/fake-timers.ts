import type { Timers } from "../../src/timers.ts";

/** A clock that moves only when told to. */
export class FakeTimers implements Timers {
  #now = 1_000_000;
  #next = 1;
  readonly #pending = new Map<number, { at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, ms: number): number {
    const id = this.#next++;
    this.#pending.set(id, { at: this.#now + ms, run });
    return id;
  }

  clearTimeout(handle: unknown): void {
    this.#pending.delete(handle as number);
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** Lets time pass and runs what becomes due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [due] = [...this.#pending].filter(([, timer]) => timer.at <= end).toSorted((a, b) => a[1].at - b[1].at);
      if (!due) break;
      this.#pending.delete(due[0]);
      this.#now = due[1].at;
      due[1].run();
    }
    this.#now = end;
  }
}
