import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestDaemon } from "./test-daemon.ts";

/** A repository with one commit below a daemon's folder, and a way to run the real git in it. */
export function makeRepository(
  { folder, home }: TestDaemon,
  name: string,
  files: Readonly<Record<string, string>> = {},
) {
  const path = join(folder, name);
  mkdirSync(path);
  return commitFolder({ home }, path, files);
}

/** Makes a folder such a repository. */
export function commitFolder(
  { home }: Pick<TestDaemon, "home">,
  path: string,
  files: Readonly<Record<string, string>> = {},
) {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: path, env, encoding: "utf8", stdio: "pipe" }).trim();
  git("init", "-q", "-b", "main");
  for (const [file, text] of Object.entries({ "a.txt": "one\n", ...files })) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  git("add", ".");
  git("commit", "-q", "-m", "first");
  return { path, git };
}
