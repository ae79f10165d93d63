import { visibleWidth } from "../../pi-tui/index.ts";
import type { Block } from "../../screen/block.ts";
import { Drawn } from "./drawn.ts";
import type { Style } from "./spans.ts";

/** Rows on a ground of their own, as wide as the screen, with an empty row of it above and below. Where there are no colours, rows with a mark. */
export class Boxed extends Drawn {
  readonly #inner: Block;

  constructor(inner: Block, ground: Style, mark: string) {
    super((width) => (ground(" ") === " " ? marked(inner, width, mark) : filled(inner, width, ground)));
    this.#inner = inner;
  }

  override invalidate(): void {
    super.invalidate();
    this.#inner.invalidate?.();
  }
}

function filled(inner: Block, width: number, ground: Style): string[] {
  const rows = inner.render(width);
  if (rows.length === 0) return [];
  return ["", ...rows, ""].map((row) => ground(row + " ".repeat(Math.max(0, width - visibleWidth(row)))));
}

function marked(inner: Block, width: number, mark: string): string[] {
  const rows = inner.render(width - mark.length);
  return rows.map((row, at) => ((at === 0 ? mark : " ".repeat(mark.length)) + row).trimEnd());
}
