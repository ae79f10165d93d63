import { matchesGlob } from "node:path";
import { testProjects } from "../test-projects.ts";

/** Finds test files that no project of vitest picks up, which would never run. */
export function checkTestPlaces(_root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(file) && !file.includes("/fixtures/"))
    .filter((file) => !testProjects.some(({ include, exclude }) => isIn(file, include) && !isIn(file, exclude)))
    .map((file) => `${file} is in no project of scripts/test-projects.ts, so it never runs`);
}

function isIn(file: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matchesGlob(file, glob));
}
