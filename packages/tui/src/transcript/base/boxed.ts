import { visibleWidth } from "../../pi-tui/index.ts";
import type { Block } from "../../screen/block.ts";
import { Drawn } from "./drawn.ts";
import type { Style } from "./spans.ts";

/** Rows on a ground of their own, as wide as the screen, with an empty row of it above and below. Where there are no colours, rows with a mark. */
export function boxed(inner: Block, ground: Style, mark: string): Block {
  const coloured = ground(" ") !== " ";
  return new Drawn((width) => {
    const rows = inner.render(coloured ? width : width - mark.length);
    if (rows.length === 0) return [];
    if (!coloured) return rows.map((row, at) => ((at === 0 ? mark : " ".repeat(mark.length)) + row).trimEnd());
    return ["", ...rows, ""].map((row) => ground(row + " ".repeat(Math.max(0, width - visibleWidth(row)))));
  });
}
