import type { Cursor } from "@pier/protocol";

/** Where in the journal a transcript stands. An event is taken once: only when its seq is above the cursor's. */
export class Position {
  #cursor: Cursor | null = null;
  /** Events are ignored until `attached` says where they begin. */
  #open = false;

  get cursor(): Cursor | null {
    return this.#cursor;
  }

  begin(cursor: Cursor): void {
    this.#cursor = cursor;
    this.#open = true;
  }

  /** Ignores events until the next `begin`. */
  close(): void {
    this.#open = false;
  }

  forget(): void {
    this.#open = false;
    this.#cursor = null;
  }

  /** Moves to `seq`. Returns whether the event there is to be applied. */
  advance(seq: number): boolean {
    const cursor = this.#cursor;
    if (!this.#open || !cursor || seq <= cursor.seq) return false;
    this.#cursor = { epoch: cursor.epoch, seq };
    return true;
  }
}
