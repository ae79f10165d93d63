import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSummary } from "../../src/git/read-summary.ts";
import { openRepository, plantTraps } from "./open-repository.ts";

test("readSummary, a clean repository, changes staged, unstaged and untracked: all are counted", async () => {
  const { app, env, git, write } = openRepository({ "a.txt": "one\ntwo\n", "b.txt": "b\n", "c.txt": "c\n" });
  const clean = { branch: "main", insertions: 0, deletions: 0, files: 0, worktree: false };
  expect(await readSummary(app, env)).toEqual(clean);
  write("a.txt", "one\n2\n3\n");
  rmSync(join(app, "b.txt"));
  git("mv", "c.txt", "moved.txt");
  mkdirSync(join(app, "new"));
  write("new/one.txt", "");
  write("new/two.bin", "\0\0");
  git("add", "new/two.bin");
  // a, b, c, moved, and two new ones.
  expect(await readSummary(app, env)).toEqual({ ...clean, insertions: 3, deletions: 3, files: 6 });
  expect(await readSummary(join(app, "new"), env)).toEqual({ ...clean, insertions: 3, deletions: 3, files: 6 });
});

test("readSummary, no commit yet, no branch, a linked worktree: said", async () => {
  const { app, env, git, home } = openRepository();
  git("worktree", "add", "-q", "-b", "side", join(home, "side"));
  expect(await readSummary(join(home, "side"), env)).toMatchObject({ branch: "side", worktree: true });
  git("checkout", "-q", "--detach");
  expect(await readSummary(app, env)).toMatchObject({ branch: null, worktree: false });
  const fresh = join(home, "fresh");
  git("init", "-q", "-b", "trunk", fresh);
  writeFileSync(join(fresh, "x"), "x\n");
  expect(await readSummary(fresh, env)).toEqual({
    branch: "trunk",
    insertions: 0,
    deletions: 0,
    files: 1,
    worktree: false,
  });
});

test("readSummary, no repository, a bare one, a folder that is gone, no git: nothing", async () => {
  const { home, env, git } = openRepository();
  expect(await readSummary(home, env)).toBeUndefined();
  git("init", "-q", "--bare", join(home, "bare"));
  expect(await readSummary(join(home, "bare"), env)).toBeUndefined();
  expect(await readSummary(join(home, "gone"), env)).toBeUndefined();
  expect(await readSummary(join(home, "app"), { ...env, PATH: home })).toBeUndefined();
});

test("11. readSummary, a repository whose configuration names programs: none of them is run", async () => {
  const repository = openRepository({ "a.txt": "one\n", "b.y": "y\n", "c.z": "z\n" });
  const { app, env, git, write } = repository;
  const { proof } = plantTraps(repository);
  for (const name of ["a.txt", "b.y", "c.z"]) write(name, "other\n");
  expect(await readSummary(app, env)).toMatchObject({ branch: "main", insertions: 3, deletions: 3, files: 4 });
  expect(existsSync(proof)).toBe(false);
  // They would be: the traps are set right.
  expect(() => git("diff", "HEAD")).toThrow("clean filter 'y' failed");
  expect(existsSync(proof)).toBe(true);
});

test("11. readSummary, a submodule with a configuration of its own: it is not gone into", async () => {
  const inner = openRepository();
  const outer = openRepository({ "x.txt": "x\n" });
  const { app, env, git } = outer;
  git("-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.app, "inner");
  git("commit", "-q", "-m", "with a submodule");
  const proof = join(outer.home, "proof");
  const trap = join(outer.home, "trap");
  writeFileSync(trap, `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
  git("-C", "inner", "config", "core.fsmonitor", trap);
  writeFileSync(join(app, "inner", "a.txt"), "changed\n");
  expect(await readSummary(app, env)).toMatchObject({ files: 0, insertions: 0 });
  expect(existsSync(proof)).toBe(false);
  git("status");
  expect(existsSync(proof)).toBe(true);
});
