import { wrapTextWithAnsi } from "../pi-tui/index.ts";
import type { Block } from "../screen/block.ts";

/** Text that never changes, wrapped. It has to be neutralised already; `style` sees each row. */
export class TextBlock implements Block {
  readonly settled = true;
  readonly #text: string;
  readonly #style: (row: string) => string;
  #rows: { width: number; rows: string[] } | null = null;

  constructor(text: string, style: (row: string) => string = (row) => row) {
    this.#text = text;
    this.#style = style;
  }

  render(width: number): readonly string[] {
    if (this.#rows?.width !== width) {
      const rows = wrapTextWithAnsi(this.#text, width).map((row) => this.#style(row));
      this.#rows = { width, rows };
    }
    return this.#rows.rows;
  }

  invalidate(): void {
    this.#rows = null;
  }
}
