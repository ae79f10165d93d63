import { wrapTextWithAnsi } from "../../pi-tui/index.ts";
import type { Style } from "./spans.ts";

/** Columns left free on both sides of all that is said. */
export const margin = 1;

/** Clean text as rows within the margins of a width, indented by so many columns of it. */
export function wrapped(
  text: string,
  width: number,
  { indent = margin, style }: { indent?: number; style?: Style } = {},
): string[] {
  const before = " ".repeat(indent);
  return wrap(text, Math.max(1, width - indent - margin)).map((row) =>
    row === "" ? "" : before + (style ? style(row) : row),
  );
}

function wrap(text: string, width: number): string[] {
  // Styles may go on from one line to the next.
  if (text.includes("\u001b")) return wrapTextWithAnsi(text, width).map((row) => row.trimEnd());
  return text.split("\n").flatMap((line) => (isAscii(line) ? wrapAscii(line, width) : wrapOther(line, width)));
}

function wrapOther(line: string, width: number): string[] {
  return wrapTextWithAnsi(line, width).map((row) => row.trimEnd());
}

/** Every character has one column: that is quick to tell, and nearly everything that is said is like that. */
function isAscii(line: string): boolean {
  return /^[ -~]*$/.test(line);
}

function wrapAscii(line: string, width: number): string[] {
  const rows: string[] = [];
  let start = 0;
  while (line.length - start > width) {
    const space = line.lastIndexOf(" ", start + width);
    const end = space > start && line.slice(start, space).trim() !== "" ? space : start + width;
    rows.push(line.slice(start, end).trimEnd());
    start = end;
    while (line[start] === " ") start++;
  }
  const rest = line.slice(start).trimEnd();
  if (rest !== "" || rows.length === 0) rows.push(rest);
  return rows;
}
