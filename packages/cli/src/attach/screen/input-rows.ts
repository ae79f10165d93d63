import { neutralise } from "@pier/tui/text";
import { characterWidth } from "../../text/width.ts";

export interface InputRows {
  rows: string[];
  /** Where the cursor stands among them. */
  row: number;
  column: number;
}

/** Breaks the line that a person types into rows; of very many, those around the cursor. */
export function inputRows(
  prompt: string,
  line: string,
  cursor: number,
  { columns, most }: { columns: number; most: number },
): InputRows {
  const rows = [""];
  let width = 0;
  let position = { row: 0, column: 0 };
  let at = -prompt.length;
  for (const character of prompt + line) {
    const shown = character === "\t" ? " " : neutralise(character);
    const wide = shown === "" ? 0 : characterWidth(shown);
    if (width + wide > columns) {
      rows.push("");
      width = 0;
    }
    if (at <= cursor) position = { row: rows.length - 1, column: width };
    rows[rows.length - 1] += shown;
    width += wide;
    at += character.length;
  }
  if (at <= cursor) {
    // Behind the last character there must be room for the cursor.
    if (width >= columns) {
      rows.push("");
      width = 0;
    }
    position = { row: rows.length - 1, column: width };
  }
  const first = Math.min(Math.max(0, position.row - most + 1), Math.max(0, rows.length - most));
  return { rows: rows.slice(first, first + most), row: position.row - first, column: position.column };
}
