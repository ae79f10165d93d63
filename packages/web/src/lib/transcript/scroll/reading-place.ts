import type { Row } from "../rows/row.ts";
import type { Heights } from "./heights.ts";

/** A row, and how many px below its upper edge the view's stands. */
export interface Place {
  key: string;
  into: number;
}

/** Rows below the first that are kept too: the first may be folded away. */
const kept = 8;

/** What somebody reads: the row at the view's upper edge, found again whatever comes before it. */
export class ReadingPlace {
  readonly #rows: readonly Row[];
  #anchors: (Place & { index: number })[] = [];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  /** The first row, if any was taken. */
  get place(): Place | null {
    const [anchor] = this.#anchors;
    return anchor ? { key: anchor.key, into: anchor.into } : null;
  }

  /** Takes the rows at a place, in px from the first row. */
  take(place: number, heights: Heights): void {
    const index = heights.indexAt(place);
    this.#anchors = this.#rows
      .slice(index, index + kept)
      .map(({ key }, at) => ({ key, index: index + at, into: place - heights.offsetOf(index + at) }));
  }

  /** Takes one row. Returns whether it is there. */
  takeRow(key: string, into: number): boolean {
    const index = this.#rows.findIndex((row) => row.key === key);
    if (index < 0) return false;
    this.#anchors = [{ key, index, into }];
    return true;
  }

  /** So many rows came before all others. */
  shift(count: number): void {
    for (const anchor of this.#anchors) anchor.index += count;
  }

  /** Where the view's upper edge belongs, in px from the first row; null when no row that was taken is there. */
  find(heights: Heights): number | null {
    for (const anchor of this.#anchors) {
      if (this.#rows[anchor.index]?.key !== anchor.key) {
        anchor.index = this.#rows.findIndex(({ key }) => key === anchor.key);
      }
      if (anchor.index >= 0) return heights.offsetOf(anchor.index) + anchor.into;
    }
    return null;
  }
}
