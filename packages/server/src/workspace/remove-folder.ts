import { rm, rmdir } from "node:fs/promises";
import { runGit } from "../git/run-git.ts";
import type { WorktreeRow } from "../session/session-row.ts";

/**
 * Removes the folder of a worktree that nobody worked in yet; one that git does not know as such only when it is empty.
 * Two names can make one folder, as `a/b` and `a-b` do: one that has another branch stays.
 */
export async function removeFolder(
  { path, branch, repository }: WorktreeRow,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const where = { cwd: repository, env };
  const found = (await worktreeEntries(repository, env)).get(path);
  if (!found) return rmdir(path).catch(() => {});
  // While git makes one it locks it with that word, and has no branch in it yet.
  if (!found.includes(`branch refs/heads/${branch}`) && !found.includes("locked initializing")) return;
  // Twice: git locks one while it makes it.
  const removed = await runGit(["worktree", "remove", "--force", "--force", "--", path], where);
  if (removed.code === 0) return;
  await rm(path, { recursive: true, force: true });
  await runGit(["worktree", "unlock", "--", path], where);
  await runGit(["worktree", "prune", "--expire=now"], where);
}

/** What git says of each worktree of a repository, by its folder. */
export async function worktreeEntries(
  repository: string,
  env: Readonly<Record<string, string>>,
): Promise<Map<string, string[]>> {
  const { stdout } = await runGit(["worktree", "list", "--porcelain", "-z"], { cwd: repository, env });
  const entries = stdout.toString("utf8").split("\0\0");
  return new Map(
    entries.flatMap((entry) => {
      const [first = "", ...rest] = entry.split("\0");
      return first.startsWith("worktree ") ? [[first.slice("worktree ".length), rest]] : [];
    }),
  );
}
