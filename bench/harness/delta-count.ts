import type { PiRecord } from "./line-reader.ts";

/** Counts numbered deltas, none of which may be missing, doubled or out of order. */
export class DeltaCount {
  /** Resolves when all have come; rejects at the first that is wrong. */
  readonly complete: Promise<void>;
  next = 0;
  readonly #total: number;
  readonly #every: number;
  readonly #onSome: () => void;
  readonly #settle: PromiseWithResolvers<void>;

  /** @param onSome called each time `every` further deltas have come */
  constructor(total: number, every = total, onSome: () => void = () => {}) {
    this.#total = total;
    this.#every = every;
    this.#onSome = onSome;
    this.#settle = Promise.withResolvers();
    this.complete = this.#settle.promise;
  }

  take(record: PiRecord): void {
    if (record.type !== "message_update") return;
    const delta = record.assistantMessageEvent?.delta ?? "";
    if (parseInt(delta, 10) !== this.next) {
      return this.#settle.reject(new Error(`delta ${this.next} should have come, not ${delta.slice(0, 20)}`));
    }
    this.next++;
    if (this.next % this.#every === 0) this.#onSome();
    if (this.next === this.#total) this.#settle.resolve();
  }
}
