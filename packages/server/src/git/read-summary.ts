import type { GitSummary } from "@pier/protocol";
import { gitLimits } from "../limits.ts";
import { runGit } from "./run-git.ts";
import { withoutOwnFilters } from "./without-own-filters.ts";

/**
 * What differs from the last commit in the repository around a folder; undefined where git knows of none. What takes too
 * long or is too much is counted as far as it came.
 */
export async function readSummary(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<GitSummary | undefined> {
  const where = { cwd: folder, env, timeout: gitLimits.summaryTime };
  const place = await runGit(
    ["rev-parse", "--is-inside-work-tree", "--path-format=absolute", "--git-dir", "--git-common-dir"],
    where,
  );
  const [isInside, ownFolder, sharedFolder] = place.stdout.toString("utf8").split("\n");
  if (place.code !== 0 || isInside !== "true") return undefined;
  const settings = await withoutOwnFilters(where);
  if (settings === null) return undefined;
  const [status, numbers] = await Promise.all([
    runGit([...statusArguments, "--branch", "--"], { ...where, settings }),
    runGit(["diff", ...diffArguments, "--numstat", "-z", "HEAD", "--"], { ...where, settings }),
  ]);
  if (status.code !== 0 && !status.cut) return undefined;
  return {
    ...countStatus(status.stdout.toString("utf8")),
    ...countLines(numbers.stdout.toString("utf8")),
    worktree: ownFolder !== sharedFolder,
  };
}

/** Submodules are not looked into: git would go by their own configuration there. */
export const statusArguments: readonly string[] = [
  "status",
  "--porcelain=v2",
  "-z",
  "--no-ahead-behind",
  "--no-renames",
  "--untracked-files=all",
  "--ignore-submodules=dirty",
];

const diffArguments = ["--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--ignore-submodules=dirty"];

function countStatus(text: string): Pick<GitSummary, "branch" | "files"> {
  let branch: string | null = null;
  let files = 0;
  for (const entry of text.split("\0").slice(0, -1)) {
    if (!entry.startsWith("# ")) files++;
    else if (entry.startsWith("# branch.head ") && entry !== "# branch.head (detached)") branch = entry.slice(14);
  }
  return { branch, files };
}

function countLines(text: string): Pick<GitSummary, "insertions" | "deletions"> {
  let insertions = 0;
  let deletions = 0;
  for (const entry of text.split("\0").slice(0, -1)) {
    // Of binary files both are "-".
    const [added = "", removed = ""] = entry.split("\t", 2);
    insertions += Number.parseInt(added) || 0;
    deletions += Number.parseInt(removed) || 0;
  }
  return { insertions, deletions };
}
