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
  await mkdir(dirname(path), { recursive: true })
    .then(() => mkdir(path))
    .catch((cause: unknown) => {
      throw new PierError("CONFLICT", `There can be no worktree in ${path}: ${errorSentence(cause)}.`, { cause });
    });
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
 * Takes back what `makeWorktree` did, as far as it came, for a session that never began. The branch goes only when it is the
 * one that was made, and still where it began.
 */
export async function unmakeWorktree(
  worktree: WorktreeRow,
  { session, env }: Omit<MakeOptions, "runFolder">,
): Promise<void> {
  const { path, branch, repository, baseCommit } = worktree;
  const where = { cwd: repository, env };
  await removeFolder(worktree, env);
  const ref = `refs/heads/${branch}`;
  const last = await runGit(
    ["log", "--no-show-signature", "--walk-reflogs", "-1", "--format=%H %gs", ref, "--"],
    where,
  );
  const isOurs = last.code === 0 && last.stdout.toString("utf8").trim() === `${baseCommit} ${reflogWords(session)}`;
  if (isOurs) await runGit(["update-ref", "-d", ref, baseCommit], where);
  await rmdir(dirname(path)).catch(() => {});
}

/** Tells the branch that was made for a session from one that somebody else made. */
function reflogWords(session: string): string {
  return `pier: for session ${session}`;
}
