import { bodySize } from "../rows/body-words.ts";
import type { Row } from "../rows/row.ts";

/** px of a line of the conversation's text, and of a row of one line, on the screen at hand. */
export interface Measures {
  /** Width of the column. */
  width: number;
  line: number;
  target: number;
}

/** About how high a row is before it was shown. */
export function estimateHeight(row: Row, { width, line, target }: Measures): number {
  const lines = (characters: number): number => Math.ceil((characters * line * 0.34) / Math.max(200, width));
  switch (row.kind) {
    case "user":
      return 64 + Math.min(40, Math.max(1, lines(bodySize(row.text) / 0.75))) * line + (row.images.length > 0 ? 84 : 0);
    case "prose":
      return 16 + Math.min(2_000, Math.max(1, lines(bodySize(row.text)))) * line;
    case "custom":
    case "shell":
      return 2 * target;
    case "foot":
      return target + 8;
    default:
      return target;
  }
}
