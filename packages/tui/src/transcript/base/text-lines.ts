import { limits } from "../../limits.ts";

export interface TextLines {
  lines: readonly string[];
  /** How many lines are left out. */
  left: number;
}

/** The first lines of a text. */
export function firstLines(text: string, count: number): TextLines {
  const lines = linesOf(text);
  return { lines: lines.slice(0, count).map(shortened), left: Math.max(0, lines.length - count) };
}

/** The last lines of a text. */
export function lastLines(text: string, count: number): TextLines {
  const lines = linesOf(text);
  return { lines: lines.slice(-count).map(shortened), left: Math.max(0, lines.length - count) };
}

/** Without the empty lines at its end; nothing of a text without any other. */
export function linesOf(text: string): string[] {
  const trimmed = text.trimEnd();
  return trimmed === "" ? [] : trimmed.split("\n");
}

function shortened(line: string): string {
  return line.length > limits.lineLength ? `${line.slice(0, limits.lineLength).toWellFormed()} …` : line;
}
