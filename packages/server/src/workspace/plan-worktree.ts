import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { PierError } from "@pier/protocol";
import { checkFolder } from "../agent/check-folder.ts";
import { runGit } from "../git/run-git.ts";
import type { WorktreeRow } from "../session/session-row.ts";
import { branchName, firstFree } from "./branch-name.ts";

export interface WorktreeWish {
  /** Where the session would work in the repository. */
  folder: string;
  branch?: string | undefined;
  base?: string | undefined;
  /** Of the session. */
  name: string | null;
  id: string;
}

/**
 * Where a worktree comes and what it begins with; nothing is made yet.
 *
 * @returns the worktree, and the folder in it that stands for the wished one
 * @throws PierError `BAD_REQUEST` (names), `CONFLICT` (no repository, no commit, a branch that exists)
 */
export async function planWorktree(
  wish: WorktreeWish,
  env: Readonly<Record<string, string>>,
): Promise<{ worktree: WorktreeRow; cwd: string }> {
  checkFolder(wish.folder);
  const folder = realpathSync(wish.folder);
  const ask = async (...args: string[]): Promise<string | null> => {
    const { code, stdout } = await runGit(args, { cwd: folder, env });
    return code === 0 ? stdout.toString("utf8") : null;
  };
  const top = await ask("rev-parse", "--path-format=absolute", "--show-toplevel");
  const [, repository] = /^worktree ([^\0]+)\0/.exec((await ask("worktree", "list", "--porcelain", "-z")) ?? "") ?? [];
  if (top === null || repository === undefined)
    throw new PierError("CONFLICT", `${folder} is in no git repository: run git init, or use the folder as it is.`);
  const base = wish.base ?? (await ask("symbolic-ref", "--quiet", "--short", "HEAD"))?.trim() ?? "HEAD";
  const baseCommit = (
    await ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${wish.base ?? "HEAD"}^{commit}`)
  )?.trim();
  if (baseCommit === undefined && wish.base === undefined)
    throw new PierError("CONFLICT", `${repository} has no commit yet: make one first, a worktree begins with it.`);
  if (baseCommit === undefined)
    throw new PierError("BAD_REQUEST", `There is no commit ${wish.base}: name a branch, a tag or a commit.`);
  const subfolder = relative(top.trimEnd(), folder);
  if (subfolder !== "" && (await ask("cat-file", "-t", `${baseCommit}:${subfolder}`))?.trim() !== "tree")
    throw new PierError("CONFLICT", `${subfolder} is no folder at ${base}: commit it first, or choose another base.`);
  const isFree = async (name: string): Promise<boolean> =>
    (await ask("rev-parse", "--verify", "--quiet", `refs/heads/${name}`)) === null;
  const branch = wish.branch ?? (await firstFree(branchName(wish), isFree));
  if (branch.startsWith("-") || branch === "HEAD" || (await ask("check-ref-format", `refs/heads/${branch}`)) === null)
    throw new PierError("BAD_REQUEST", `${branch} cannot be the name of a branch: use letters, digits, - and /.`);
  if (!(await isFree(branch)))
    throw new PierError(
      "CONFLICT",
      `The branch ${branch} exists: choose another name, or work in a folder that has it.`,
    );
  const beside = join(dirname(repository), `${basename(repository)}.worktrees`);
  const name = await firstFree(branch.replaceAll("/", "-"), (one) => !existsSync(join(beside, one)));
  const path = join(beside, name);
  return { worktree: { path, branch, base, repository, baseCommit, ready: false }, cwd: join(path, subfolder) };
}
