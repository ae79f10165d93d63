import { limits } from "../../limits.ts";
import type { Foreground } from "../../theme/colours.ts";
import type { Theme } from "../../theme/theme.ts";
import type { TextLines } from "../base/text-lines.ts";
import { counted } from "../base/words.ts";
import { wrapped } from "../base/wrap.ts";

/** Columns by which what belongs to a tool or a command is indented. */
export const indent = 3;

/** What rows are made for. */
export interface Sheet {
  width: number;
  theme: Theme;
}

/** Clean lines of output as rows. */
export function outputRows(
  lines: readonly string[],
  { width, theme }: Sheet,
  role: Foreground = "toolOutput",
): string[] {
  return lines.length === 0 ? [] : wrapped(lines.join("\n"), width, { indent, style: (row) => theme.fg(role, row) });
}

export interface Bounds {
  /** Which rows give way when there are too many. */
  lose: "first" | "last";
  count?: number;
  /** Where those are that are not shown. */
  where?: string;
}

/** As many rows as are shown of some lines, and a word on those that are not. */
export function boundedRows(
  shown: TextLines,
  sheet: Sheet,
  { lose, count = limits.toolRows, where = "//body or the web shows all" }: Bounds,
  rowsOf: (lines: readonly string[]) => string[] = (lines) => outputRows(lines, sheet),
): string[] {
  const all = rowsOf(shown.lines);
  const kept = lose === "last" ? all.slice(0, count) : all.slice(-count);
  const lost = shown.left + all.length - kept.length;
  if (lost === 0) return kept;
  const note = outputRows(
    [`… ${counted(lost, lose === "last" ? "more line" : "earlier line")}; ${where}`],
    sheet,
    "muted",
  );
  return lose === "last" ? [...kept, ...note] : [...note, ...kept];
}
