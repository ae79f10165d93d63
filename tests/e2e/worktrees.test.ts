import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../cli/programs.ts";
import { makeRepository } from "../harness/git-repository.ts";
import { attachTo, connectTo, openSession, play, restOf, untilListed } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** A repository in the home folder, whose settings can be written. */
const repository = (name: string, files: Readonly<Record<string, string>> = {}) =>
  makeRepository({ ...daemon, folder: daemon.home }, name, files);
const conflict = (message: string) => ({
  status: 409,
  code: "CONFLICT",
  message: expect.stringContaining(message) as unknown,
});

test("a session in a worktree: works on its own branch, in the same subfolder, and shows where", async () => {
  const { path, git } = repository("shop");
  mkdirSync(join(path, "packages", "cart"), { recursive: true });
  writeFileSync(join(path, "packages", "cart", "cart.txt"), "cart\n");
  git("add", ".");
  git("commit", "-q", "-m", "cart");
  const watch = connectTo(daemon).watch();
  const session = await openSession(daemon, {
    working_dir: join(path, "packages", "cart"),
    name: "Fix the càrt!",
    workspace: { mode: "worktree" },
  });
  const top = join(daemon.home, "shop.worktrees", "fix-the-cart");
  const worktree = { path: top, branch: "fix-the-cart", base: "main", repository: path };
  expect(await restOf(daemon).get(session.session)).toMatchObject({
    working_dir: join(top, "packages", "cart"),
    worktree,
  });
  await play(session, [{ tool: "write", args: { path: "cart.txt", content: "mended\n" } }, { text: "Done." }]);
  expect(readFileSync(join(top, "packages", "cart", "cart.txt"), "utf8")).toBe("mended\n");
  expect(readFileSync(join(path, "packages", "cart", "cart.txt"), "utf8")).toBe("cart\n");
  const summary = { branch: "fix-the-cart", insertions: 1, deletions: 1, files: 1, worktree: true };
  await untilListed(watch, "the change", () => watch.sessions.get(session.session)?.git?.files === 1);
  expect(watch.sessions.get(session.session)).toMatchObject({ git: summary, worktree });
});

test.each([{ branch: "feat/x" }, { base: "main" }])(
  "a shared workspace with %j: refused, not ignored",
  async (what) => {
    const { path } = repository(`shared-${Object.keys(what).join("")}`);
    const created = restOf(daemon).create({ working_dir: path, workspace: { mode: "shared", ...what } });
    await expect(created).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('the workspace "worktree"'),
    });
  },
);

test("clean-up: refused while the session runs and while anything would be lost; then folder and branch go", async () => {
  const { path, git } = repository("clean");
  const rest = restOf(daemon);
  const { id, working_dir: folder } = await rest.create({
    working_dir: path,
    workspace: { mode: "worktree", branch: "feat/x", base: "main" },
  });
  expect(folder).toBe(join(daemon.home, "clean.worktrees", "feat-x"));
  expect(await rest.worktree(id)).toMatchObject({ exists: true, file_count: 0, commit_count: 0, removable: true });
  await expect(rest.removeWorktree(id)).rejects.toMatchObject(conflict("close it first"));
  await rest.kill(id);
  writeFileSync(join(folder, "a.txt"), "changed\n");
  writeFileSync(join(folder, "new file.txt"), "new\n");
  expect(await rest.worktree(id)).toMatchObject({ files: ["a.txt", "new file.txt"], file_count: 2, removable: false });
  await expect(rest.removeWorktree(id)).rejects.toMatchObject(conflict("2 changed files (a.txt, new file.txt)"));
  await expect(rest.removeWorktree(id, { keepBranch: true })).rejects.toMatchObject(conflict("2 changed files"));
  git("-C", folder, "add", ".");
  git("-C", folder, "commit", "-q", "-m", "kept work");
  expect(await rest.worktree(id)).toMatchObject({
    file_count: 0,
    commits: [{ hash: git("rev-parse", "feat/x"), subject: "kept work" }],
    removable: false,
  });
  await expect(rest.removeWorktree(id)).rejects.toMatchObject(conflict("1 commit that nothing else has (kept work)"));
  // Commits of no branch at all are lost with the folder alone.
  git("-C", folder, "checkout", "-q", "--detach");
  git("-C", folder, "commit", "-q", "--allow-empty", "-m", "loose");
  await expect(rest.removeWorktree(id, { keepBranch: true })).rejects.toMatchObject(conflict("loose"));
  git("-C", folder, "checkout", "-q", "feat/x");
  git("merge", "-q", "feat/x");
  await rest.removeWorktree(id);
  expect(existsSync(folder)).toBe(false);
  expect(git("branch", "--format=%(refname:short)")).toBe("main");
  expect(git("worktree", "list", "--porcelain")).not.toContain("feat-x");
  expect((await rest.get(id)).worktree).toBeNull();
  await expect(rest.worktree(id)).rejects.toMatchObject({ status: 404 });
  await expect(rest.resume(id)).rejects.toMatchObject({ code: "SESSION_START_FAILED" });
});

test("clean-up with keep_branch: the folder goes, the commits stay on their branch; a folder that is gone is no trouble", async () => {
  const { path, git } = repository("keeps");
  const rest = restOf(daemon);
  for (const isGone of [false, true]) {
    const { id, working_dir: folder } = await rest.create({ working_dir: path, workspace: { mode: "worktree" } });
    // Of its own: within one second the same words would be the very same commit, which the branch before holds already.
    const words = isGone ? "stays without its folder" : "stays";
    git("-C", folder, "commit", "-q", "--allow-empty", "-m", words);
    await rest.kill(id);
    const { branch } = await rest.worktree(id);
    if (isGone) rmSync(folder, { recursive: true });
    expect(await rest.worktree(id)).toMatchObject({ exists: !isGone, commit_count: 1, removable: false });
    await rest.removeWorktree(id, { keepBranch: true });
    expect(existsSync(folder)).toBe(false);
    expect(git("log", "-1", "--format=%s", branch)).toBe(words);
  }
});

test("what cannot be: one clear answer each, and nothing of it stays", async () => {
  const { path, git } = repository("refused");
  const rest = restOf(daemon);
  git("branch", "taken");
  mkdirSync(join(path, "untracked"));
  const fresh = join(daemon.home, "fresh");
  git("init", "-q", fresh);
  const plain = join(daemon.home, "plain");
  mkdirSync(plain);
  const before = (await rest.list()).length;
  const mode = "worktree" as const;
  const refused: [options: Parameters<typeof rest.create>[0], code: string, words: string][] = [
    [{ working_dir: path, workspace: { mode, branch: "taken" } }, "CONFLICT", "The branch taken exists"],
    [{ working_dir: path, workspace: { mode, branch: "taken/below" } }, "CONFLICT", "could not be made"],
    [{ working_dir: path, workspace: { mode, branch: "-x" } }, "BAD_REQUEST", "cannot be the name"],
    [{ working_dir: path, workspace: { mode, branch: "a..b" } }, "BAD_REQUEST", "cannot be the name"],
    [{ working_dir: path, workspace: { mode, branch: "HEAD" } }, "BAD_REQUEST", "cannot be the name"],
    [{ working_dir: path, workspace: { mode, branch: "@{-1}" } }, "BAD_REQUEST", "cannot be the name"],
    [{ working_dir: path, workspace: { mode, base: "nowhere" } }, "BAD_REQUEST", "no commit nowhere"],
    [{ working_dir: path, workspace: { mode, base: "--all" } }, "BAD_REQUEST", "no commit --all"],
    [{ working_dir: join(path, "untracked"), workspace: { mode } }, "CONFLICT", "untracked is no folder at main"],
    [{ working_dir: fresh, workspace: { mode } }, "CONFLICT", "no commit yet"],
    [{ working_dir: plain, workspace: { mode } }, "CONFLICT", "no git repository"],
    [{ working_dir: join(path, "gone"), workspace: { mode } }, "BAD_REQUEST", "does not exist"],
    [{ working_dir: path, ephemeral: true, workspace: { mode } }, "BAD_REQUEST", "ephemeral"],
    [{ working_dir: path, pi_args: ["--frobnicate"], workspace: { mode } }, "SESSION_START_FAILED", "frobnicate"],
  ];
  for (const [options, code, words] of refused)
    await expect(rest.create(options), words).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as unknown,
    });
  expect(await rest.list()).toHaveLength(before);
  expect(git("branch", "--format=%(refname:short)").split("\n")).toEqual(["main", "taken"]);
  expect(existsSync(`${path}.worktrees`)).toBe(false);
  const { id } = await rest.create({ working_dir: path });
  await expect(rest.worktree(id)).rejects.toMatchObject({ status: 404, code: "NOT_FOUND" });
  await expect(rest.removeWorktree(id)).rejects.toMatchObject({ status: 404, code: "NOT_FOUND" });
});

test("sessions that want the same branch at once: one gets it and is whole, the others are told", async () => {
  const rest = restOf(daemon);
  for (let round = 0; round < 4; round += 1) {
    const { path, git } = repository(`race-${round}`);
    const wish = { working_dir: path, workspace: { mode: "worktree", branch: "both" } } as const;
    const outcomes = await Promise.allSettled(Array.from({ length: 3 }, () => rest.create(wish)));
    const made = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    const refused = outcomes.flatMap((outcome): unknown[] => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toEqual([
      expect.objectContaining({ code: "CONFLICT" }),
      expect.objectContaining({ code: "CONFLICT" }),
    ]);
    expect(made).toHaveLength(1);
    for (const { id, working_dir: folder } of made) {
      expect(git("-C", folder, "status", "--porcelain", "--branch")).toBe("## both");
      expect(git("worktree", "list", "--porcelain").match(/^branch /gm)).toHaveLength(2);
      await rest.kill(id);
      await rest.removeWorktree(id);
    }
    expect(git("branch", "--format=%(refname:short)")).toBe("main");
  }
});

test("branches of different names whose folder would be the same, at once: no session takes the folder of another", async () => {
  const rest = restOf(daemon);
  const { path, git } = repository("alike");
  const names = ["a/b/c", "a-b/c", "a/b-c", "a-b-c"];
  const outcomes = await Promise.allSettled(
    names.map((branch) => rest.create({ working_dir: path, workspace: { mode: "worktree", branch } })),
  );
  const made = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  expect(made.length).toBeGreaterThan(0);
  for (const { id, worktree, working_dir: folder } of made) {
    expect(git("-C", folder, "branch", "--show-current")).toBe(worktree?.branch);
    await rest.kill(id);
  }
  // Of those that were refused nothing stays.
  const branches = git("branch", "--format=%(refname:short)").split("\n");
  expect(new Set(branches)).toEqual(new Set(["main", ...made.map(({ worktree }) => worktree?.branch)]));
});

test("set-up: runs in the worktree once somebody said so; what a repository brings along by itself does not", async () => {
  const command = 'cp "$PIER_REPOSITORY/a.txt" copied.txt && echo "$PIER_BRANCH" > branch.txt';
  const { path, git } = repository("setup");
  mkdirSync(join(path, ".pier"));
  const file = join(path, ".pier", "workspace.toml");
  writeFileSync(file, `[workspace]\nmode = "worktree"\n[setup]\ncommand = ${JSON.stringify(command)}\n`);
  const rest = restOf(daemon);
  await expect(rest.create({ working_dir: path })).rejects.toMatchObject({
    status: 409,
    code: "SETUP_BLOCKED",
    path: file,
    message: expect.stringContaining(command) as unknown,
  });
  expect(git("branch", "--format=%(refname:short)")).toBe("main");
  const skipped = await rest.create({ working_dir: path, workspace: { mode: "worktree", setup: "skip" } });
  expect(existsSync(join(skipped.working_dir, "copied.txt"))).toBe(false);
  const { config } = await rest.workspaceConfig(path);
  await rest.saveWorkspaceConfig(path, config);
  const first = await rest.create({ working_dir: path, name: "one" });
  expect(readFileSync(join(first.working_dir, "copied.txt"), "utf8")).toBe("one\n");
  expect(readFileSync(join(first.working_dir, "branch.txt"), "utf8")).toBe("one\n");
  // Its settings are not committed: those of the repository count in it.
  expect(await rest.workspaceConfig(first.working_dir)).toEqual({ path: first.working_dir, file, config });
  // Another command is another matter, and one that fails stops the creation.
  await rest.saveWorkspaceConfig(path, { setup: { command: "echo no luck; exit 7" } });
  const wish = { working_dir: path, name: "two", workspace: { mode: "worktree" } } as const;
  await expect(rest.create(wish)).rejects.toMatchObject(conflict("ended with code 7: no luck"));
  expect(git("branch", "--format=%(refname:short)").split("\n")).not.toContain("two");
  expect(existsSync(`${path}.worktrees/two`)).toBe(false);
});

test("direnv: an approved .envrc counts in the worktree too, another content does not", async () => {
  const { path, git } = repository("direnv", { ".envrc": "export FROM_ENVRC=yes\n" });
  const rest = restOf(daemon);
  const wish = { working_dir: path, workspace: { mode: "worktree" } } as const;
  await expect(rest.create(wish)).rejects.toMatchObject({ code: "DIRENV_BLOCKED", path: join(path, ".envrc") });
  await rest.allowDirenv(path);
  const { id } = await rest.create(wish);
  const session = await attachTo(daemon, id);
  expect((await session.bash('echo "$FROM_ENVRC"')).output.trim()).toBe("yes");
  git("checkout", "-q", "-b", "other");
  writeFileSync(join(path, ".envrc"), "touch proof\n");
  git("commit", "-q", "-a", "-m", "another");
  git("checkout", "-q", "main");
  await expect(
    rest.create({ working_dir: path, workspace: { mode: "worktree", base: "other", branch: "o" } }),
  ).rejects.toMatchObject(conflict("choose another base"));
  expect(git("branch", "--format=%(refname:short)").split("\n")).not.toContain("o");
});

test("pier new --worktree, pier kill: the worktree is made, stays while it holds work, and is named when it could go", async () => {
  const { path, git } = repository("cli");
  const pier = (...args: string[]) =>
    runProgram([...args, "--data-dir", daemon.dataDir], { env: daemon.env, cwd: path });
  const made = await pier("new", "--no-attach", "--worktree=by-hand", "--base", "main");
  expect(made).toMatchObject({ code: 0, stderr: "" });
  const folder = join(daemon.home, "cli.worktrees", "by-hand");
  writeFileSync(join(folder, "new.txt"), "new\n");
  const closed = await pier("kill", made.stdout.trim());
  expect(closed.stdout).toContain(`Its worktree ${folder} stays: 1 changed files, 0 commits`);
  const second = await pier("new", "--no-attach", "--name", "second", "--worktree");
  expect((await pier("kill", second.stdout.trim())).stdout).toContain("stays; nothing in it would be lost");
  expect(git("branch", "--format=%(refname:short)").split("\n")).toEqual(["by-hand", "main", "second"]);
  const alone = await pier("new", "--no-attach", "--base", "main");
  expect(alone).toMatchObject({ code: 1, stderr: "pier: --base and --setup are for a worktree: add --worktree.\n" });
});
