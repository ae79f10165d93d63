import { changedParts, diffLine, list, record } from "@pier/client/messages";
import { revealMarks } from "#lib/ui/reveal-marks.ts";
import { textOf } from "./tool-title.ts";

/** A line of a change, in pieces of which some are marked as what differs from the other line. */
export interface ShownLine {
  kind: "added" | "removed" | "context" | "skip";
  number: string;
  text: string;
  /** From and up to where the line differs from the one in whose place it stands. */
  mark: { start: number; end: number } | null;
}

/** Longer lines are compared by no word. */
const maxCompared = 2_000;

/** The lines of a diff as pi's edit tool gives it. */
export function diffLines(diff: string): ShownLine[] {
  const lines = revealMarks(diff)
    .split("\n")
    .map((line): ShownLine => {
      const { number, ...rest } = diffLine(line);
      return { ...rest, number: number.trim(), mark: null };
    });
  for (let at = 0; at < lines.length; at++) {
    const removed = runOf(lines, at, "removed");
    if (removed === 0) continue;
    const added = runOf(lines, at + removed, "added");
    for (let line = 0; line < Math.min(removed, added); line++) mark(lines[at + line], lines[at + removed + line]);
    at += removed + added - 1;
  }
  return lines;
}

/** The edits that were asked for as a diff without numbers: what there is before the tool answers, and from older versions of pi. */
export function diffOfEdits(args: Record<string, unknown>): string {
  const signed = (sign: string, value: unknown): string[] => {
    const text = textOf(value);
    return text === ""
      ? []
      : text
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => `${sign} ${line}`);
  };
  const edits = Array.isArray(args["edits"]) ? list(args["edits"]).map(record) : [args];
  return edits.flatMap(({ oldText, newText }) => [...signed("-", oldText), ...signed("+", newText)]).join("\n");
}

function mark(before: ShownLine | undefined, after: ShownLine | undefined): void {
  if (!before || !after || before.text.length + after.text.length > maxCompared) return;
  const changed = changedParts(before.text, after.text);
  if (!changed) return;
  before.mark = changed.before.start < changed.before.end ? changed.before : null;
  after.mark = changed.after.start < changed.after.end ? changed.after : null;
}

function runOf(lines: readonly ShownLine[], from: number, kind: ShownLine["kind"]): number {
  let length = 0;
  while (lines[from + length]?.kind === kind) length++;
  return length;
}
