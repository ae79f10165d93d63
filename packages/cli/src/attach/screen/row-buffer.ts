import type { Paint, Style } from "../../text/style.ts";
import { characterWidth } from "../../text/width.ts";
import type { Chunk } from "../render/chunk.ts";

interface Cell {
  text: string;
  style: Style;
  width: number;
}

const tab = 4;

/**
 * Breaks a stream of chunks into rows of a terminal, at words where it can. Rows that are done never change; the last
 * one, which still grows, is drawn anew each time. Pure.
 */
export class RowBuffer {
  #columns: number;
  #cells: Cell[] = [];
  #width = 0;

  constructor(columns: number) {
    this.#columns = Math.max(columns, 4);
  }

  /** Takes more text. Returns the rows that are done, painted. */
  push(chunks: readonly Chunk[], paint: Paint): string[] {
    const rows: string[] = [];
    for (const { text, style } of chunks) {
      for (const character of text) {
        if (character === "\n") rows.push(this.#take(this.#cells.length, paint));
        else if (character === "\t")
          for (let at = this.#width % tab; at < tab; at++) this.#add(" ", style, rows, paint);
        else this.#add(character, style, rows, paint);
      }
    }
    return rows;
  }

  /** The row that still grows; empty at the start of a line. */
  partial(paint: Paint): string {
    return paintCells(this.#cells, paint);
  }

  get partialWidth(): number {
    return this.#width;
  }

  /** What follows is for a terminal of another size. */
  resize(columns: number): void {
    this.#columns = Math.max(columns, 4);
  }

  #add(text: string, style: Style, rows: string[], paint: Paint): void {
    const width = characterWidth(text);
    if (this.#width + width > this.#columns) {
      // A space at the end of a row is its break.
      if (text === " ") {
        rows.push(this.#take(this.#cells.length, paint));
        return;
      }
      rows.push(this.#take(this.#breakAt(), paint));
    }
    this.#cells.push({ text, style, width });
    this.#width += width;
  }

  /** Behind the last space, or at the end where there is none. */
  #breakAt(): number {
    const space = this.#cells.findLastIndex(({ text }) => text === " ");
    return space <= 0 ? this.#cells.length : space + 1;
  }

  #take(count: number, paint: Paint): string {
    const row = this.#cells.splice(0, count);
    this.#width = this.#cells.reduce((sum, { width }) => sum + width, 0);
    return paintCells(row, paint).trimEnd();
  }
}

function paintCells(cells: readonly Cell[], paint: Paint): string {
  let painted = "";
  for (let at = 0; at < cells.length;) {
    const style = cells[at]?.style ?? "plain";
    let text = "";
    for (; cells[at]?.style === style; at++) text += cells[at]?.text;
    painted += paint(text, style);
  }
  return painted;
}
