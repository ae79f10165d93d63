import { type ChangedPart, changedParts, diffLine, type DiffLine } from "@pier/client/messages";
import { limits } from "../../limits.ts";
import type { Theme } from "../../theme/theme.ts";
import { wrapped } from "../base/wrap.ts";
import { indent, type Sheet } from "./output-rows.ts";

const roles = { added: "toolDiffAdded", removed: "toolDiffRemoved", context: "toolDiffContext", skip: "dim" } as const;
const signs = { added: "+", removed: "−", context: " ", skip: " " } as const;

/** Lines of a clean diff as rows, with what changed within a line marked where one line came in the place of another. */
export function diffRows(diff: readonly string[], { width, theme }: Sheet): string[] {
  const lines = diff.map(diffLine);
  const parts = partsOf(lines);
  return lines.flatMap((line, at) => {
    const numbered = line.number.length < width / 3 ? `${line.number} ` : "";
    const before = `${numbered}${signs[line.kind]} `;
    const rows = wrapped(marked(line, parts.get(at), theme), Math.max(indent + 1, width - before.length), { indent });
    const blank = " ".repeat(before.length);
    return rows.map(
      (row, index) =>
        " ".repeat(indent) +
        theme.fg(index === 0 ? roles[line.kind] : "dim", index === 0 ? before : blank) +
        row.slice(indent),
    );
  });
}

function marked({ kind, text }: DiffLine, part: ChangedPart | undefined, theme: Theme): string {
  const style = (words: string): string => (words === "" ? "" : theme.fg(roles[kind], words));
  const line = text.length > limits.lineLength ? `${text.slice(0, limits.lineLength).toWellFormed()} …` : text;
  if (!part || line !== text) return style(line);
  const { start, end } = part;
  return style(text.slice(0, start)) + inverse(style(text.slice(start, end))) + style(text.slice(end));
}

/** What differs in each line that stands in the place of another one. */
function partsOf(lines: readonly DiffLine[]): Map<number, ChangedPart> {
  const parts = new Map<number, ChangedPart>();
  for (let at = 0; at < lines.length; at++) {
    const removed = runOf(lines, at, "removed");
    if (removed === 0) continue;
    const added = runOf(lines, at + removed, "added");
    for (let line = 0; line < Math.min(removed, added); line++) mark(lines, at + line, at + removed + line, parts);
    at += removed + added - 1;
  }
  return parts;
}

function mark(lines: readonly DiffLine[], removed: number, added: number, parts: Map<number, ChangedPart>): void {
  const [before, after] = [lines[removed]?.text ?? "", lines[added]?.text ?? ""];
  const changed = before.length + after.length > limits.lineLength ? null : changedParts(before, after);
  if (changed) parts.set(removed, changed.before).set(added, changed.after);
}

function runOf(lines: readonly DiffLine[], from: number, kind: DiffLine["kind"]): number {
  let length = 0;
  while (lines[from + length]?.kind === kind) length++;
  return length;
}

function inverse(text: string): string {
  return text === "" ? "" : `\u001b[7m${text}\u001b[27m`;
}
