import type { Row } from "../rows/row.ts";
import { estimateHeight, type Measures } from "./estimate-height.ts";
import { Heights } from "./heights.ts";

/** How high the rows are: as measured, and for those that were not drawn yet about. */
export class RowHeights extends Heights {
  readonly #rows: readonly Row[];
  readonly #known = new Map<string, number>();
  #measures: Measures = { width: 736, line: 24, target: 32 };

  constructor(rows: readonly Row[]) {
    super();
    this.#rows = rows;
    this.refill(0);
  }

  /** The rows from one on are others. */
  refill(from: number): void {
    this.truncate(from);
    for (let at = from; at < this.#rows.length; at++) {
      const row = this.#rows[at] as Row;
      this.push(this.#known.get(row.key) ?? estimateHeight(row, this.#measures));
    }
  }

  /** A row was measured where it is drawn, at an index or nowhere. Returns whether that is news. */
  learn(key: string, index: number, height: number): boolean {
    if (this.#known.get(key) === height) return false;
    this.#known.set(key, height);
    if (this.#rows[index]?.key === key) this.set(index, height);
    return true;
  }

  /** The column has another width: what was measured is not true any more, but of the rows that are drawn. */
  resize(measures: Measures, drawn: { from: number; count: number }): void {
    if (measures.width === this.#measures.width) return;
    this.#measures = measures;
    this.#known.clear();
    for (let at = 0; at < this.length; at++) {
      const row = this.#rows[at];
      const isDrawn = at >= drawn.from && at < drawn.from + drawn.count;
      if (row && !isDrawn) this.set(at, estimateHeight(row, measures));
    }
  }
}
