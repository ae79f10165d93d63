import { gitLimits } from "../limits.ts";
import { type GitOptions, runGit } from "./run-git.ts";

/**
 * Settings that switch off the filters that a repository's own configuration names: git runs them whenever it reads or
 * writes a file of the working tree, also for `status` and `diff`. Filters of the person's own configuration, such as
 * that of git-lfs, stay. Null when there is no repository here, or too many filters to be sure of.
 */
export async function withoutOwnFilters(options: GitOptions): Promise<ReadonlyMap<string, string> | null> {
  const { code, stdout, cut } = await runGit(
    ["config", "--show-scope", "--null", "--name-only", "--get-regexp", "^filter\\."],
    { ...options, maxOutput: gitLimits.filters },
  );
  // 1 says that nothing fits.
  if (cut || (code !== 0 && code !== 1)) return null;
  const settings = new Map<string, string>();
  const words = stdout.toString("utf8").split("\0");
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [scope, name = ""] = [words[at], words[at + 1]];
    if (scope === "system" || scope === "global") continue;
    const driver = name.slice(0, name.lastIndexOf("."));
    for (const program of ["clean", "smudge", "process"]) settings.set(`${driver}.${program}`, "");
    settings.set(`${driver}.required`, "false");
  }
  return settings;
}
