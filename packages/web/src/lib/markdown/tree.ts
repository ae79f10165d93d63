/** What Markdown means, as components show it: every address in it was looked at, every depth is bounded. */
export type Block =
  | { type: "paragraph"; inlines: readonly Inline[] }
  /** A paragraph of a tight list. */
  | { type: "line"; inlines: readonly Inline[] }
  | { type: "heading"; level: 1 | 2 | 3 | 4 | 5 | 6; inlines: readonly Inline[] }
  /** `closed` tells whether the fence is, so that nothing is done for code that is still being written. */
  | { type: "code"; text: string; language: string; closed: boolean }
  | { type: "formula"; tex: string }
  | { type: "quote"; blocks: readonly Block[] }
  | { type: "list"; start: number | null; loose: boolean; items: readonly ListItem[] }
  | { type: "table"; align: readonly Align[]; head: readonly Cell[]; rows: readonly (readonly Cell[])[] }
  | { type: "rule" }
  /** Too large or too deep to be more than text. */
  | { type: "plain"; text: string };

export interface ListItem {
  /** Null where the item is no task. */
  checked: boolean | null;
  blocks: readonly Block[];
}

export type Align = "start" | "center" | "end";
export type Cell = readonly Inline[];

export type Inline =
  | { type: "text"; text: string }
  | { type: "code"; text: string }
  | { type: "strong" | "em" | "del"; inlines: readonly Inline[] }
  /** `host` is there where the words of the link look like another address than the one it leads to. */
  | { type: "link"; href: string; host: string | null; inlines: readonly Inline[] }
  | { type: "image"; src: string; alt: string; host: string | null }
  | { type: "formula"; tex: string; display: boolean }
  | { type: "break" };

/** How many elements blocks make, about. */
export function countNodes(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + 1 + nodesOf(block), 0);
}

function nodesOf(block: Block): number {
  switch (block.type) {
    case "paragraph":
    case "line":
    case "heading":
      return countInlines(block.inlines);
    case "quote":
      return countNodes(block.blocks);
    case "list":
      return block.items.reduce((sum, item) => sum + 1 + countNodes(item.blocks), 0);
    case "table":
      return [block.head, ...block.rows].flat().reduce((sum, cell) => sum + 1 + countInlines(cell), 0);
    default:
      return 0;
  }
}

/** A formula is some twenty elements. */
const nodesOfFormula = 20;

function countInlines(inlines: readonly Inline[]): number {
  return inlines.reduce((sum, inline) => {
    if (inline.type === "formula") return sum + nodesOfFormula;
    return sum + 1 + ("inlines" in inline ? countInlines(inline.inlines) : 0);
  }, 0);
}
