import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Bytes of JS and CSS, gzip, that a person waits for before a page works. */
const budget = 990_000;

type Manifest = Record<string, { file: string; css?: string[]; imports?: string[] }>;

/**
 * Measures what each page loads first. Returns a line that says so.
 *
 * @throws Error when a page needs more than the budget
 */
export function checkBudget(folder: string, manifestFile: string): string {
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as Manifest;
  const names = Object.keys(manifest);
  const common = names.filter((name) => /client\/(entry|start|app|payload)\.js$|nodes\/0\.js$/.test(name));
  const pages = names.filter((name) => /nodes\/[1-9]\d*\.js$/.test(name));
  const sizes = pages.map((page) => ({ page, bytes: firstLoad(folder, manifest, [...common, page]) }));
  const over = sizes.filter(({ bytes }) => bytes > budget);
  if (over.length > 0) {
    const list = over.map(({ page, bytes }) => `${page} ${bytes}`).join(", ");
    throw new Error(
      `The first load is above ${budget} bytes (gzip): ${list}. Load what is not needed at first lazily.`,
    );
  }
  const largest = Math.max(...sizes.map(({ bytes }) => bytes));
  return `First load: at most ${largest} bytes of JS and CSS (gzip), of ${budget} allowed.`;
}

function firstLoad(folder: string, manifest: Manifest, roots: readonly string[]): number {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    chunk.imports?.forEach(visit);
  };
  roots.forEach(visit);
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
}
