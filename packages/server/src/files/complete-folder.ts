import type { Dirent } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { type FolderCompletions, PierError } from "@pier/protocol";
import { fileLimits } from "../limits.ts";
import type { AllowedRoots } from "./allowed-roots.ts";
import { straightPath } from "./local-path.ts";
import { openFolder } from "./open-folder.ts";
import { readNames } from "./read-names.ts";

/**
 * The folders whose path begins with a prefix, written as the prefix is: with `~` where it has one. Nothing typed yet gives
 * the roots. Where nothing may be looked at there is nothing to complete, and no error: somebody is still typing.
 *
 * @throws PierError `BAD_REQUEST`
 */
export async function completeFolder(prefix: string, home: string, roots: AllowedRoots): Promise<FolderCompletions> {
  const typed = prefix === "~" ? "~/" : prefix;
  const tops = roots.list().filter((root) => root.startsWith(typed) && root !== typed);
  const below = typed === "" ? { paths: [], truncated: false } : await complete(typed, home, roots);
  const all = [...new Set([...below.paths, ...tops])].toSorted();
  const directories = all.slice(0, fileLimits.completions);
  return { directories, truncated: below.truncated || all.length > directories.length };
}

interface Found {
  paths: string[];
  truncated: boolean;
}

/** Looks in the folder that is typed already for what begins with the rest. */
async function complete(typed: string, home: string, roots: AllowedRoots): Promise<Found> {
  const cut = typed.lastIndexOf("/") + 1;
  straightPath(typed, home);
  const above = typed.slice(0, cut);
  try {
    const folder = await openFolder(await roots.resolve(straightPath(above, home)), roots);
    try {
      const { paths, truncated } = await matching(folder.inside, typed.slice(cut), roots);
      return { paths: paths.map((name) => above + name), truncated };
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (error instanceof PierError) return { paths: [], truncated: false };
    throw error;
  }
}

async function matching(folder: string, begin: string, roots: AllowedRoots): Promise<Found> {
  const { found, truncated } = await readNames(folder);
  const isHiddenAskedFor = begin.startsWith(".");
  const fitting = found
    .filter(({ name }) => name.startsWith(begin) && (isHiddenAskedFor || !name.startsWith(".")))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const paths: string[] = [];
  for (const entry of fitting) {
    if (paths.length > fileLimits.completions) break;
    if (await isFolder(entry, folder, roots)) paths.push(entry.name);
  }
  return { paths, truncated };
}

/** A link counts when it leads to a folder that may be looked at. */
async function isFolder(entry: Dirent, folder: string, roots: AllowedRoots): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    const target = await realpath(join(folder, entry.name));
    return (await roots.allows(target)) && (await stat(target)).isDirectory();
  } catch {
    return false;
  }
}
