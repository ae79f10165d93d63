import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { PageLoad } from "./page-loads.ts";

/** Bytes of JS and CSS, gzip, that a person waits for before a page works. */
const budget = 110_000;

/**
 * Measures what each page loads first. Returns a line that says so.
 *
 * @throws Error when a page needs more than the budget
 */
export function checkBudget(folder: string, loads: readonly PageLoad[]): string {
  const sizes = loads.map(({ address, first }) => ({ address, bytes: total(folder, first) }));
  const over = sizes.filter(({ bytes }) => bytes > budget);
  if (over.length > 0) {
    const list = over.map(({ address, bytes }) => `/${address} ${bytes}`).join(", ");
    throw new Error(
      `The first load is above ${budget} bytes (gzip): ${list}. Load what is not needed at first lazily.`,
    );
  }
  const largest = Math.max(...sizes.map(({ bytes }) => bytes));
  return `First load: at most ${largest} bytes of JS and CSS (gzip), of ${budget} allowed.`;
}

function total(folder: string, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
}
