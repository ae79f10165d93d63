import { truncateToWidth, visibleWidth } from "../pi-tui/index.ts";

/** A piece of a row. */
export interface Part {
  /** What it says, from its longest form to its shortest; a last `""` lets it go where there is no room. */
  forms: readonly string[];
  /** What gives way first is of a lower rank: the part, or each of its forms but the last. */
  rank: number | readonly number[];
  style?: (text: string) => string;
}

export interface RowParts {
  left: readonly Part[];
  right?: readonly Part[];
  /** Between two parts of a side. */
  separator?: string;
  /** For separators and what is cut off. */
  style?: (text: string) => string;
}

/** Columns between the two sides. */
const gap = 2;

/** One row in at most `width` columns: parts become shorter, then go, by their rank; what is still too wide is cut off. */
export function fitRow(
  width: number,
  { left, right = [], separator = " · ", style = (text) => text }: RowParts,
): string {
  if (width <= 0) return "";
  const forms = new Map([...left, ...right].map((part) => [part, 0]));
  const sides = (): [string[], string[]] => [left, right].map((parts) => texts(parts, forms)) as [string[], string[]];
  const room = (): number => {
    const [a, b] = sides().map((side) => visibleWidth(side.join(separator))) as [number, number];
    return width - a - b - (a > 0 && b > 0 ? gap : 0);
  };
  while (room() < 0) {
    const next = [...left, ...right].filter((part) => (forms.get(part) ?? 0) < part.forms.length - 1);
    const [weakest] = next.toSorted((a, b) => rankOf(a, forms) - rankOf(b, forms));
    if (!weakest) break;
    forms.set(weakest, (forms.get(weakest) ?? 0) + 1);
  }
  // What gave way may have made more room than was needed for what is still there.
  const shown = [...left, ...right].filter((part) => formOf(part, forms) !== "");
  for (const part of shown.toSorted((a, b) => rankOf(b, forms) - rankOf(a, forms))) {
    const fitting = forms.get(part) ?? 0;
    for (let longer = 0; longer <= fitting; longer++) {
      forms.set(part, longer);
      if (room() >= 0) break;
    }
  }
  const between = " ".repeat(Math.max(sides().every((side) => side.length > 0) ? gap : 0, room() + gap));
  const [a, b] = [left, right].map((parts) => painted(parts, forms).join(style(separator))) as [string, string];
  const row = b === "" ? a : a + (a === "" ? " ".repeat(Math.max(0, room())) : between) + b;
  return truncateToWidth(row, width, style("…"));
}

function formOf(part: Part, forms: ReadonlyMap<Part, number>): string {
  return part.forms[forms.get(part) ?? 0] ?? "";
}

function rankOf(part: Part, forms: ReadonlyMap<Part, number>): number {
  const { rank } = part;
  return typeof rank === "number" ? rank : (rank[forms.get(part) ?? 0] ?? Number.POSITIVE_INFINITY);
}

function texts(parts: readonly Part[], forms: ReadonlyMap<Part, number>): string[] {
  return parts.map((part) => formOf(part, forms)).filter((text) => text !== "");
}

function painted(parts: readonly Part[], forms: ReadonlyMap<Part, number>): string[] {
  return parts.flatMap((part) => {
    const text = formOf(part, forms);
    return text === "" ? [] : [part.style ? part.style(text) : text];
  });
}
