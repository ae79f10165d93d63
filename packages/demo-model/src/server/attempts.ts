import { LIMITS } from "../limits.ts";
import type { DropStep, HttpStep, Turn } from "../script/step.ts";

export type Failure = HttpStep | DropStep;

/**
 * Counts the attempts at turns that are scripted to fail first. It is the one thing remembered between requests,
 * for a retry looks exactly like the request before it.
 */
export class Attempts {
  readonly #counts = new Map<string, number>();

  /** The failure this attempt is to end with, if any. Once a turn succeeds its count starts anew. */
  next(key: string, turn: Turn): Failure | undefined {
    const failures = turn.filter((step) => "http" in step || "drop" in step);
    if (failures.length === 0) return undefined;
    const attempt = this.#counts.get(key) ?? 0;
    this.#counts.delete(key);
    const failure = failureOf(failures, attempt);
    if (failure !== undefined) this.#remember(key, attempt + 1);
    return failure;
  }

  get size(): number {
    return this.#counts.size;
  }

  #remember(key: string, count: number): void {
    this.#counts.set(key, count);
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= LIMITS.attemptCounters) break;
      this.#counts.delete(oldest);
    }
  }
}

function failureOf(failures: readonly Failure[], attempt: number): Failure | undefined {
  let end = 0;
  for (const failure of failures) {
    end += failure.times ?? Infinity;
    if (attempt < end) return failure;
  }
  return undefined;
}
