import { mkdir, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { PierError } from "@pier/protocol";
import { gitEnvironment, gitSafeArguments } from "../git/git-environment.ts";
import { runGit } from "../git/run-git.ts";
import { withoutOwnFilters } from "../git/without-own-filters.ts";
import { workspaceLimits } from "../limits.ts";
import { findProgram } from "../process/find-program.ts";
import { runDetached } from "../process/run-detached.ts";
import { errorSentence } from "../session/error-sentence.ts";
import type { WorktreeRow } from "../session/session-row.ts";
import { removeFolder } from "./remove-folder.ts";

export interface MakeOptions {
  session: string;
  env: Readonly<Record<string, string>>;
  /** Where the output of git stands while it runs. */
  runFolder: string;
}

/** Makes the branch, then the folder. Programs of the repository's own configuration are not run. @throws PierError `CONFLICT` */
export async function makeWorktree(worktree: WorktreeRow, { session, env, runFolder }: MakeOptions): Promise<void> {
  const { path, branch, repository, baseCommit } = worktree;
  const where = { cwd: repository, env };
  const settings = await withoutOwnFilters(where);
  const git = findProgram("git", env);
  if (settings === null || git === null) throw new PierError("CONFLICT", `git cannot work in ${repository}.`);
  // With an empty old value it must not exist: of two at once, one makes it.
  const ref = ["update-ref", "--create-reflog", "-m", reflogWords(session), `refs/heads/${branch}`, baseCommit, ""];
  const made = await runGit(ref, where);
  if (made.code !== 0) throw new PierError("CONFLICT", `The branch ${branch} could not be made: ${made.stderr}`);
  try {
    await makeFolder(path);
  } catch (cause) {
    // The folder is another's: only the branch is taken back.
    await removeBranch(worktree, session, env);
    throw new PierError("CONFLICT", `There can be no worktree in ${path}: ${errorSentence(cause)}.`, { cause });
  }
  const { code, words, cut } = await runDetached({
    folder: runFolder,
    command: git,
    args: [...gitSafeArguments, "worktree", "add", "--quiet", "--", path, branch],
    cwd: repository,
    env: gitEnvironment(env, settings),
    timeout: workspaceLimits.checkout,
    maxOutput: workspaceLimits.setupOutput,
  });
  if (code !== 0) throw new PierError("CONFLICT", `git made no worktree in ${path}: ${cut ?? words}`);
}

/**
 * Takes back what `makeWorktree` did, as far as it came, for a session that never began. The branch is made first and goes
 * last: without it nothing was made, and what stands at the path is another's. It stays when it is no longer where it began.
 */
export async function unmakeWorktree(
  worktree: WorktreeRow,
  { session, env }: Omit<MakeOptions, "runFolder">,
): Promise<void> {
  if (!(await reflog(worktree, env)).some((entry) => entry.endsWith(` ${reflogWords(session)}`))) return;
  await removeFolder(worktree, env);
  await rmdir(dirname(worktree.path)).catch(() => {});
  await removeBranch(worktree, session, env);
}

/** @throws when it exists already */
async function makeFolder(path: string): Promise<void> {
  for (let left = workspaceLimits.folderTries; ; left -= 1) {
    await mkdir(dirname(path), { recursive: true });
    try {
      return await mkdir(path);
    } catch (error) {
      // Another's clean-up may take the empty folder around it away in between.
      if (!isMissing(error) || left <= 1) throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Only the one that was made, and only where it began. */
async function removeBranch(worktree: WorktreeRow, session: string, env: MakeOptions["env"]): Promise<void> {
  const { branch, repository: cwd, baseCommit } = worktree;
  const [last] = await reflog(worktree, env);
  if (last !== `${baseCommit} ${reflogWords(session)}`) return;
  await runGit(["update-ref", "-d", `refs/heads/${branch}`, baseCommit], { cwd, env });
}

/** What was done to the branch, the last first. */
async function reflog({ branch, repository: cwd }: WorktreeRow, env: MakeOptions["env"]): Promise<string[]> {
  const walk = ["log", "--no-show-signature", "--walk-reflogs", "--format=%H %gs", `refs/heads/${branch}`, "--"];
  const { code, stdout } = await runGit(walk, { cwd, env });
  return code === 0 ? stdout.toString("utf8").trim().split("\n") : [];
}

/** Tells the branch that was made for a session from one that somebody else made. */
function reflogWords(session: string): string {
  return `pier: for session ${session}`;
}
