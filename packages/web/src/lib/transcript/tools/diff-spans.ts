import type { Line } from "#lib/markdown/highlight/lines.ts";
import type { ShownLine } from "./diff-lines.ts";

/** A piece of a line of a change. */
export interface DiffSpan {
  text: string;
  className: string | undefined;
  /** Whether the other line has something else in its place. */
  isMarked: boolean;
}

/** One side of a change as code: its lines before, or after it. */
export function sideOf(lines: readonly ShownLine[], side: "removed" | "added"): string {
  return lines
    .filter(({ kind }) => kind === "context" || kind === side)
    .map(({ text }) => text)
    .join("\n");
}

/** The lines of a change in pieces: colours where a side has them, marks where two lines differ. */
export function diffSpans(
  lines: readonly ShownLine[],
  before: readonly Line[] | null,
  after: readonly Line[] | null,
): DiffSpan[][] {
  let old = 0;
  let now = 0;
  return lines.map((line) => {
    if (line.kind === "skip") return [];
    const coloured = line.kind === "removed" ? before?.[old] : after?.[now];
    if (line.kind !== "added") old++;
    if (line.kind !== "removed") now++;
    return spansOf(line, coloured);
  });
}

function spansOf({ text, mark }: ShownLine, coloured: Line | undefined): DiffSpan[] {
  const spans = coloured ?? [{ text }];
  const { start, end } = mark ?? { start: 0, end: 0 };
  let at = 0;
  return spans.flatMap(({ text: words, className }) => {
    const from = at;
    at += words.length;
    const cuts = [from, ...[start, end].filter((cut) => cut > from && cut < at), at];
    return cuts.slice(1).flatMap((to, index) => {
      const begin = cuts[index] ?? from;
      const piece = words.slice(begin - from, to - from);
      return piece === "" ? [] : [{ text: piece, className, isMarked: begin >= start && to <= end }];
    });
  });
}
