import { wrapTextWithAnsi } from "../pi-tui/index.ts";
import { neutralise } from "../text/index.ts";
import type { Theme } from "../theme/theme.ts";

/** Text of any length in few rows: what does not fit is scrolled to, never left out. */
export class ScrollText {
  readonly #theme: Theme;
  readonly #title: string;
  readonly #body: string;
  #wrapped: { width: number; rows: string[] } | null = null;
  #top = 0;
  /** Rows that were to be seen last. */
  #visible = 0;

  /** @param title stands out, and may have several lines like the body */
  constructor(theme: Theme, title: string, body = "") {
    this.#theme = theme;
    this.#title = neutralise(title).replaceAll("\t", "    ").trimEnd();
    this.#body = neutralise(body).replaceAll("\t", "    ").trimEnd();
  }

  /** Rows of the whole text. */
  height(width: number): number {
    return this.#rows(width).length;
  }

  /** Whether there is more than was to be seen last. */
  get overflows(): boolean {
    return (this.#wrapped?.rows.length ?? 0) > this.#visible;
  }

  /** The part to be seen now, in at most `max` rows; the last one tells of more. */
  render(width: number, max: number): string[] {
    const rows = this.#rows(width);
    if (rows.length <= max) {
      this.#visible = rows.length;
      this.#top = 0;
      return rows;
    }
    this.#visible = Math.max(1, max - 1);
    this.#top = Math.max(0, Math.min(this.#top, rows.length - this.#visible));
    const below = rows.length - this.#visible - this.#top;
    const parts = [this.#top > 0 ? `↑ ${this.#top}` : "", below > 0 ? `↓ ${below}` : ""].filter(Boolean);
    const info = this.#theme.fg("warning", `${parts.join(" ")} more rows (PgUp, PgDn)`);
    return [...rows.slice(this.#top, this.#top + this.#visible), info];
  }

  /** Scrolls by pages, or parts of one. */
  scroll(pages: number): void {
    this.#top += Math.trunc(pages * Math.max(1, this.#visible - 1)) || Math.sign(pages);
  }

  invalidate(): void {
    this.#wrapped = null;
  }

  #rows(width: number): string[] {
    if (this.#wrapped?.width !== width) {
      const title = this.#title === "" ? [] : wrapTextWithAnsi(this.#title, width);
      const rows = [...title.map((row) => this.#theme.bold(this.#theme.fg("accent", row))), ...this.#bodyRows(width)];
      this.#wrapped = { width, rows };
    }
    return this.#wrapped.rows;
  }

  #bodyRows(width: number): string[] {
    if (this.#body === "") return [];
    if (!isDiff(this.#body)) return wrapTextWithAnsi(this.#body, width);
    return this.#body.split("\n").flatMap((line) => {
      const role = line.startsWith("+") ? "toolDiffAdded" : line.startsWith("-") ? "toolDiffRemoved" : null;
      const rows = wrapTextWithAnsi(line, width);
      return role === null ? rows : rows.map((row) => this.#theme.fg(role, row));
    });
  }
}

/** Whether a text takes lines away and adds some: one with dashes alone may be a list. */
function isDiff(text: string): boolean {
  return /^\+/m.test(text) && /^-/m.test(text);
}
