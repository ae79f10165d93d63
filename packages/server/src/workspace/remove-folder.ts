import { rm, rmdir } from "node:fs/promises";
import { runGit } from "../git/run-git.ts";
import type { WorktreeRow } from "../session/session-row.ts";

/** Removes the folder of a worktree that nobody worked in yet; one that git does not know as such only when it is empty. */
export async function removeFolder(
  { path, repository }: WorktreeRow,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const where = { cwd: repository, env };
  if (!(await worktreePaths(repository, env)).includes(path)) return rmdir(path).catch(() => {});
  // Twice: git locks one while it makes it.
  const removed = await runGit(["worktree", "remove", "--force", "--force", "--", path], where);
  if (removed.code === 0) return;
  await rm(path, { recursive: true, force: true });
  await runGit(["worktree", "unlock", "--", path], where);
  await runGit(["worktree", "prune", "--expire=now"], where);
}

/** The folders of all worktrees of a repository. */
export async function worktreePaths(repository: string, env: Readonly<Record<string, string>>): Promise<string[]> {
  const { stdout } = await runGit(["worktree", "list", "--porcelain", "-z"], { cwd: repository, env });
  return [...stdout.toString("utf8").matchAll(/(?:^|\0)worktree ([^\0]+)/g)].map(([, found = ""]) => found);
}
