import type { Block } from "../../screen/block.ts";

/** A block that never changes by itself, drawn once for each width. Unsettled when another one may come in its place. */
export class Drawn implements Block {
  readonly settled: boolean;
  readonly #draw: (width: number) => readonly string[];
  #last: { width: number; rows: readonly string[] } | null = null;

  constructor(draw: (width: number) => readonly string[], settled = true) {
    this.#draw = draw;
    this.settled = settled;
  }

  render(width: number): readonly string[] {
    if (this.#last?.width !== width) this.#last = { width, rows: this.#draw(width) };
    return this.#last.rows;
  }

  invalidate(): void {
    this.#last = null;
  }
}
