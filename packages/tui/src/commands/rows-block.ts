import { truncateToWidth, visibleWidth, wrapTextWithAnsi } from "../pi-tui/index.ts";
import type { Block } from "../screen/block.ts";
import { neutraliseLine } from "../text/index.ts";
import type { Theme } from "../theme/theme.ts";

/** A name and what is said of it. */
export type NamedRow = readonly [name: string, text: string];

/** Names and what is said of them: in two columns, or below each other where there is no room for two. */
export class RowsBlock implements Block {
  readonly settled = true;
  readonly #rows: readonly NamedRow[];
  readonly #theme: Theme;
  #rendered: { width: number; rows: string[] } | null = null;

  constructor(rows: readonly NamedRow[], theme: Theme) {
    this.#rows = rows.map(([name, text]) => [neutraliseLine(name), neutraliseLine(text)] as const);
    this.#theme = theme;
  }

  render(width: number): readonly string[] {
    if (this.#rendered?.width !== width) this.#rendered = { width, rows: this.#render(width) };
    return this.#rendered.rows;
  }

  invalidate(): void {
    this.#rendered = null;
  }

  #render(width: number): string[] {
    const widest = Math.max(0, ...this.#rows.map(([name]) => visibleWidth(name)));
    const left = margin + widest + gap;
    const stacked = width - left < narrowest;
    return this.#rows.flatMap(([name, text]) =>
      stacked ? this.#below(name, text, width) : this.#beside(name, text, width, left),
    );
  }

  #beside(name: string, text: string, width: number, left: number): string[] {
    const indent = " ".repeat(left);
    return wrapTextWithAnsi(this.#theme.fg("muted", text), width - left).map((row, at) =>
      at > 0
        ? indent + row
        : `${" ".repeat(margin)}${this.#name(name)}${" ".repeat(left - margin - visibleWidth(name))}${row}`,
    );
  }

  #below(name: string, text: string, width: number): string[] {
    const indent = Math.min(2 * margin, Math.max(0, width - 4));
    return [
      truncateToWidth(this.#name(name), width, "…"),
      ...wrapTextWithAnsi(this.#theme.fg("muted", text), width - indent).map((row) => " ".repeat(indent) + row),
    ];
  }

  #name(name: string): string {
    return this.#theme.fg("accent", name);
  }
}

const margin = 2;
const gap = 2;
/** Columns that a text needs at least to stand beside its name. */
const narrowest = 24;
