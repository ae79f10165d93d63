import { setImmediate as breathe } from "node:timers/promises";
import { runGit } from "../../git/run-git.ts";
import { fileLimits } from "../../limits.ts";
import { type FileList, FileListBuilder } from "./file-list.ts";

/** What git knows of a folder, and what it does not ignore; null where there is no repository that git would work with. */
export async function listGitFiles(folder: string, env: Readonly<Record<string, string>>): Promise<FileList | null> {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--"];
  const { timeout, maxOutput } = { timeout: fileLimits.listTime, maxOutput: fileLimits.listOutput };
  const { code, stdout, cut } = await runGit(args, { cwd: folder, env, timeout, maxOutput });
  if (code !== 0 && !cut) return null;
  const list = new FileListBuilder(fileLimits.found);
  if (cut) list.truncate();
  // After a cut the last name is not whole, and has no end.
  for (let at = 0, count = 1, end = stdout.indexOf(0); end !== -1; at = end + 1, end = stdout.indexOf(0, at), count++) {
    // There may be many: others have a turn in between.
    if (count % fileLimits.listedAtOnce === 0) await breathe();
    // A repository inside, that git does not look into, ends with a slash.
    const isFolder = stdout[end - 1] === slash;
    list.add(stdout.toString("utf8", at, isFolder ? end - 1 : end), isFolder);
  }
  return list.finish();
}

const slash = "/".charCodeAt(0);
