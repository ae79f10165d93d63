import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeRepository } from "../harness/git-repository.ts";
import { restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** Creates a session whose set-up leaves a mark and goes on for long, and kills the daemon once the mark is there. */
async function killInSetup(name: string) {
  const { path, git } = makeRepository({ ...daemon, folder: daemon.home }, name);
  const rest = restOf(daemon);
  const pidFile = join(daemon.home, `${name}.pid`);
  await rest.saveWorkspaceConfig(path, { setup: { command: `echo made > made.txt; echo $$ > ${pidFile}; sleep 600` } });
  const created = rest.create({ working_dir: path, workspace: { mode: "worktree", branch: "half" } });
  created.catch(() => {});
  await poll(() => existsSync(pidFile), "the set-up");
  await daemon.kill();
  await expect(created).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  return { path, git, folder: `${path}.worktrees/half`, pidFile };
}

const branches = (git: (...args: string[]) => string): string[] =>
  git("branch", "--format=%(refname:short)").split("\n");

test("kill -9 during the set-up: the next daemon ends it, takes back the worktree, and the branch can be made again", async () => {
  const { path, git, folder } = await killInSetup("killed");
  expect(existsSync(join(folder, "made.txt"))).toBe(true);
  await daemon.start();
  await poll(() => !existsSync(folder) && !branches(git).includes("half"), "the clean-up");
  expect(await restOf(daemon).list()).toEqual([]);
  expect(git("worktree", "list", "--porcelain").match(/^worktree /gm)).toHaveLength(1);
  const wish = { mode: "worktree", branch: "half", setup: "skip" } as const;
  const again = await restOf(daemon).create({ working_dir: path, workspace: wish });
  expect(again.working_dir).toBe(folder);
  await restOf(daemon).kill(again.id);
});

test("kill -9 during the set-up, and somebody committed there before the next daemon came: the commit stays", async () => {
  const { git, folder } = await killInSetup("committed");
  git("-C", folder, "add", ".");
  git("-C", folder, "commit", "-q", "-m", "by a person");
  await daemon.start();
  await poll(() => !existsSync(folder), "the clean-up");
  await poll(() => git("worktree", "list", "--porcelain").match(/^worktree /gm)?.length === 1, "git's own");
  expect(git("log", "-1", "--format=%s", "half")).toBe("by a person");
});

test("kill -9 with a session in a worktree: it goes on there, and is whole for the next daemon", async () => {
  const { path } = makeRepository({ ...daemon, folder: daemon.home }, "lives");
  const { id, worktree, pid } = await restOf(daemon).create({ working_dir: path, workspace: { mode: "worktree" } });
  await daemon.kill();
  await daemon.start();
  expect(await restOf(daemon).get(id)).toMatchObject({ status: "live", worktree });
  await poll(() => existsSync(`/proc/${pid}`), "pi");
  expect(await restOf(daemon).worktree(id)).toMatchObject({ exists: true, removable: true });
});

test("11. a repository whose configuration names programs: none is run when a worktree is made, shown and removed", async () => {
  const { path, git } = makeRepository({ ...daemon, folder: daemon.home }, "hostile", {
    ".gitattributes": "*.txt filter=x diff=x\n",
  });
  const proof = join(daemon.home, "proof");
  const trap = join(daemon.home, "trap");
  writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> ${proof}\ncat\n`, { mode: 0o755 });
  const hooks = join(path, ".git", "traps");
  mkdirSync(hooks);
  for (const hook of ["post-checkout", "reference-transaction", "post-index-change"])
    writeFileSync(join(hooks, hook), `#!/bin/sh\n${trap} ${hook} </dev/null\n`, { mode: 0o755 });
  for (const name of [
    "core.fsmonitor",
    "diff.external",
    "filter.x.smudge",
    "filter.x.clean",
    "gpg.program",
    "core.pager",
  ])
    git("config", name, trap);
  git("config", "log.showSignature", "true");
  git("config", "core.hooksPath", hooks);
  const rest = restOf(daemon);
  const { id, working_dir: folder } = await rest.create({
    working_dir: path,
    workspace: { mode: "worktree", branch: "safe" },
  });
  writeFileSync(join(folder, "a.txt"), "other\n");
  await rest.kill(id);
  expect(await rest.worktree(id)).toMatchObject({ files: ["a.txt"] });
  await expect(rest.removeWorktree(id)).rejects.toMatchObject({ code: "CONFLICT" });
  writeFileSync(join(folder, "a.txt"), "one\n");
  await rest.removeWorktree(id);
  expect(existsSync(proof) ? readFileSync(proof, "utf8") : "").toBe("");
  // The traps are set right.
  git("worktree", "add", "-q", "-b", "unsafe", `${path}-unsafe`);
  expect(existsSync(proof)).toBe(true);
});
