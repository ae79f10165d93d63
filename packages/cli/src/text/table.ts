import { textWidth, truncate } from "./width.ts";

export interface Column {
  title: string;
  /** The most columns of the terminal that it may take. */
  max?: number;
  align?: "left" | "right";
}

/** Lays out rows under their titles. The last column is not padded; titles of empty columns are left out with them. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const shown = columns.map((column, at) => ({ column, at })).filter(({ at }) => rows.some((row) => row[at]));
  const cells = [
    shown.map(({ column }) => column.title),
    ...rows.map((row) => shown.map(({ column, at }) => cut(row[at] ?? "", column))),
  ];
  const widths = shown.map((_, index) => Math.max(...cells.map((line) => textWidth(line[index] ?? ""))));
  return cells.map((line) =>
    line
      .map((cell, index) => {
        const space = " ".repeat((widths[index] ?? 0) - textWidth(cell));
        return shown[index]?.column.align === "right" ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd(),
  );
}

function cut(cell: string, { max }: Column): string {
  return max === undefined ? cell : truncate(cell, max);
}
