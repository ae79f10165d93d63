import { readFileSync } from "node:fs";
import { join } from "node:path";
import { longFiles } from "./long-files.ts";
import { isSource, isTest } from "./repository-files.ts";

/** The most lines that a file may have. */
const maxLines = { source: 300, test: 500 };

/** Finds files that are too long, and exceptions that no longer are ones. */
export function checkFileLength(root: string, files: readonly string[], exceptions = longFiles): string[] {
  const tooLong = files
    .filter((file) => isSource(file) || file.endsWith(".css"))
    .map((file) => ({
      file,
      lines: lineCount(join(root, file)),
      limit: isTest(file) ? maxLines.test : maxLines.source,
    }))
    .filter(({ lines, limit }) => lines > limit);
  const problems = tooLong
    .filter(({ file }) => exceptions[file] === undefined)
    .map(({ file, lines, limit }) => `${file} has ${lines} lines, the limit is ${limit}: it is probably two things`);
  const needed = new Set(tooLong.map(({ file }) => file));
  const stale = Object.keys(exceptions)
    .filter((file) => !needed.has(file))
    .map((file) => `${file} is no longer too long: take it off scripts/check/long-files.ts`);
  return [...problems, ...stale];
}

function lineCount(path: string): number {
  const text = readFileSync(path, "utf8");
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
