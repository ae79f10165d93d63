import { PierError } from "@pier/protocol";
import type { Row } from "./database.ts";

/** Reads one column; the tables are STRICT, so a wrong type means a damaged or foreign file. */
export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : unfit(column, value);
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  return typeof value === "number" ? value : unfit(column, value);
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

/** One of a few words. */
export function word<T extends string>(row: Row, column: string, words: readonly T[]): T {
  const value = row[column];
  return words.find((one) => one === value) ?? unfit(column, value);
}

function unfit(column: string, value: unknown): never {
  throw new PierError(
    "STORAGE",
    `The database holds ${typeof value} in ${column}, which does not fit: put a copy of it back.`,
  );
}
