import { limits } from "../limits.ts";
import { randomId } from "../random-id.ts";

/** What the commands of one connection share: their ids, and how many may wait. */
export class CommandBudget {
  readonly #prefix: string;
  #count = 0;
  #waiting = 0;

  /** A client keeps its id over page loads and in several tabs, so a count alone would not be unique. */
  constructor(random: () => number) {
    this.#prefix = randomId(random);
  }

  nextId(): string {
    return `${this.#prefix}.${++this.#count}`;
  }

  /** Takes a place; false when none is left. */
  take(): boolean {
    if (this.#waiting >= limits.pendingCommands) return false;
    this.#waiting++;
    return true;
  }

  release(): void {
    this.#waiting--;
  }
}
