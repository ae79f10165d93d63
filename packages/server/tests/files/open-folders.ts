import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { AllowedRoots, createFiles } from "../../src/files/index.ts";

/** A home with these files, a folder `outside` of it, the daemon's own in `home/data`, and what looks at them. */
export function openFolders(files: readonly string[] = [], further: { roots?: string[]; sessions?: string[] } = {}) {
  const top = realpathSync(mkdtempSync(join(tmpdir(), "pier-test-")));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const home = join(top, "home");
  const outside = join(top, "outside");
  const data = join(home, "data");
  for (const folder of [home, outside, data]) mkdirSync(folder);
  fill(home, files);
  fill(outside, ["secret.txt", "inner/secret.txt"]);
  const sessions = (further.sessions ?? []).map((path) => join(top, path));
  const roots = new AllowedRoots({
    roots: [home, ...(further.roots ?? []).map((path) => join(top, path))],
    sessionFolders: () => sessions,
    closed: data,
  });
  return { top, home, outside, data, roots, files: createFiles({ home, roots, env: gitEnv(home) }) };
}

/** Makes files, each with its own path in it, and folders where a path ends with a slash. */
export function fill(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    const full = join(folder, path);
    mkdirSync(path.endsWith("/") ? full : dirname(full), { recursive: true });
    if (!path.endsWith("/")) writeFileSync(full, path);
  }
}

/** What git needs, and nothing of the person's own settings. */
export function gitEnv(home: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
}
