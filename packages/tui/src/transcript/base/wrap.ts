import { wrapTextWithAnsi } from "../../pi-tui/index.ts";
import type { Style } from "./spans.ts";

/** Columns left free beside all that is said. */
export const margin = 1;

/** Clean text as rows of a width, indented by so many columns of it. */
export function wrapped(
  text: string,
  width: number,
  { indent = margin, style }: { indent?: number; style?: Style } = {},
): string[] {
  const before = " ".repeat(indent);
  const rows = wrapTextWithAnsi(text, Math.max(1, width - indent)).map((row) => row.trimEnd());
  return rows.map((row) => (row === "" ? "" : before + (style ? style(row) : row)));
}
