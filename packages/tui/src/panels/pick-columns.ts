import { truncateToWidth, visibleWidth, wrapTextWithAnsi } from "../pi-tui/index.ts";
import type { Theme } from "../theme/theme.ts";
import type { PickEntry } from "./pick-entry.ts";

type Shown = Pick<PickEntry<unknown>, "label" | "columns" | "detail" | "marked">;

/** How wide the labels of a list are. */
export class PickColumns {
  readonly #widest: number;
  readonly #widestDetailed: number;

  constructor(entries: readonly Shown[]) {
    const widest = (some: readonly Shown[]): number => some.reduce((most, { columns }) => Math.max(most, columns), 0);
    this.#widest = widest(entries);
    this.#widestDetailed = widest(entries.filter(({ detail }) => detail !== ""));
  }

  /** One entry in one row of at most so many columns. */
  row(theme: Theme, { label, detail, marked }: Shown, width: number): string {
    const mark = marked ? " ✓" : "";
    const column = this.#column(width);
    if (detail === "" || width - column < narrowestDetail)
      return truncateToWidth(label, width - mark.length, "…") + mark;
    const short = truncateToWidth(label, column - mark.length, "…") + mark;
    const gap = " ".repeat(column - visibleWidth(short) + 2);
    return `${short}${gap}${theme.fg("muted", truncateToWidth(detail, width - column - 2, "…"))}`;
  }

  /** How many rows, up to `most`, the longest label needs to be seen whole, when its row cannot show it. */
  rowsForWhole(width: number, most: number): number {
    const isCut = this.#widest + 2 > width || this.#widestDetailed + 2 > this.#column(width);
    return isCut ? Math.min(Math.ceil((this.#widest + 1) / width), most) : 0;
  }

  /** The label of an entry in so many rows; the last one says when there is more. */
  whole({ label }: Shown, width: number, rows: number): string[] {
    const all = wrapTextWithAnsi(label, width);
    const shown = all.slice(0, rows);
    if (all.length > rows) shown[rows - 1] = `${truncateToWidth(shown[rows - 1] ?? "", width - 1, "")}…`;
    return [...shown, ...Array.from({ length: rows - shown.length }, () => "")];
  }

  #column(width: number): number {
    return Math.min(this.#widestDetailed + 2, Math.floor(width / 2));
  }
}

const narrowestDetail = 12;
