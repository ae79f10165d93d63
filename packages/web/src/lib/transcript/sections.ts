import type { Row } from "./rows/row.ts";

/** Rows that stand together: a person's message, or what was done and answered for it. */
export interface Section {
  key: string;
  isTurn: boolean;
  rows: Row[];
}

/** Neighbouring rows of one turn as sections. */
export function sectionsOf(rows: readonly Row[]): Section[] {
  const sections: Section[] = [];
  for (const row of rows) {
    const isTurn = row.kind !== "user";
    const key = isTurn ? `${row.turn}:work` : row.key;
    const last = sections.at(-1);
    if (last?.key === key) last.rows.push(row);
    else sections.push({ key, isTurn, rows: [row] });
  }
  return sections;
}
