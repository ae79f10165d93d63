import { lstatSync } from "node:fs";
import { type WorktreeState, PierError } from "@pier/protocol";
import { statusArguments } from "../git/read-summary.ts";
import { runGit } from "../git/run-git.ts";
import { withoutOwnFilters } from "../git/without-own-filters.ts";
import { workspaceLimits } from "../limits.ts";
import type { RunResult } from "../process/run-program.ts";
import type { WorktreeRow } from "../session/session-row.ts";
import { worktreeEntries } from "./remove-folder.ts";

/** What git says when it is asked anything about a worktree, and what is not sure counts as a loss. */
type Env = Readonly<Record<string, string>>;

/**
 * What would be lost with a worktree and its branch.
 *
 * @param keepBranch whether the branch stays: then its commits are not lost
 * @throws PierError `CONFLICT` when that cannot be told
 */
export async function worktreeState(worktree: WorktreeRow, env: Env, keepBranch: boolean): Promise<WorktreeState> {
  const { path, branch, base, repository } = worktree;
  const exists = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  if (exists && !(await worktreeEntries(repository, env)).has(path))
    throw new PierError("CONFLICT", `${path} is no worktree of ${repository} any more: look at it in a terminal.`);
  const files = exists ? await changedFiles(path, env) : [];
  const commits = await ownCommits(worktree, env, { exists, keepBranch });
  return {
    path,
    branch,
    base,
    repository,
    exists,
    files: files.slice(0, workspaceLimits.shown),
    file_count: files.length,
    commits: commits.slice(0, workspaceLimits.shown),
    commit_count: commits.length,
    removable: files.length === 0 && commits.length === 0,
  };
}

async function changedFiles(path: string, env: Env): Promise<string[]> {
  const where = { cwd: path, env };
  const settings = await withoutOwnFilters(where);
  const status = settings && (await runGit([...statusArguments, "--"], { ...where, settings }));
  const text = said(status, `git does not say what changed in ${path}`);
  // A path comes after 8 words, after 10 of an unmerged one, or after the mark of an untracked one.
  return text
    .split("\0")
    .slice(0, -1)
    .map((entry) =>
      entry
        .split(" ")
        .slice({ "1": 8, u: 10 }[entry[0] ?? ""] ?? 1)
        .join(" "),
    );
}

/** Commits that are reachable from here and from nowhere else. */
async function ownCommits(
  { path, branch, repository }: WorktreeRow,
  env: Env,
  { exists, keepBranch }: { exists: boolean; keepBranch: boolean },
): Promise<WorktreeState["commits"]> {
  const where = { cwd: exists ? path : repository, env };
  const ref = `refs/heads/${branch}`;
  const isThere = (await runGit(["rev-parse", "--verify", "--quiet", ref], where)).code === 0;
  const from = [...(exists ? ["HEAD"] : []), ...(isThere ? [ref] : [])];
  if (from.length === 0) return [];
  const elsewhere = [...(keepBranch ? [] : [`--exclude=${branch}`]), "--branches", "--remotes", "--tags"];
  const log = await runGit(
    ["log", "-z", "--no-show-signature", "--format=%H %s", ...from, "--not", ...elsewhere, "--"],
    where,
  );
  return said(log, `git does not say what was committed on ${branch}`)
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => ({ hash: line.slice(0, line.indexOf(" ")), subject: line.slice(line.indexOf(" ") + 1) }));
}

function said(result: RunResult | null, otherwise: string): string {
  if (result?.code === 0) return result.stdout.toString("utf8");
  throw new PierError("CONFLICT", `${otherwise}: ${result?.stderr || "it took too long, or said too much"}`);
}
