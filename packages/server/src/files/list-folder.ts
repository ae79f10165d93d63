import type { Dirent, Stats } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FolderEntry, FolderListing } from "@pier/protocol";
import { fileLimits } from "../limits.ts";
import type { AllowedRoots } from "./allowed-roots.ts";
import { openFolder } from "./open-folder.ts";
import { readNames } from "./read-names.ts";

/**
 * What a folder holds: folders first, then by name.
 *
 * @param path absolute
 * @throws PierError `FORBIDDEN`, `NOT_FOUND`, `BAD_REQUEST`
 */
export async function listFolder(path: string, roots: AllowedRoots): Promise<FolderListing> {
  const folder = await openFolder(await roots.resolve(path), roots);
  try {
    const { real, inside } = folder;
    const { found, truncated } = await readNames(inside);
    const shown = found.toSorted(byKindAndName).slice(0, fileLimits.listed);
    const entries: FolderEntry[] = [];
    for (let at = 0; at < shown.length; at += fileLimits.lookedAtOnce) {
      const some = shown.slice(at, at + fileLimits.lookedAtOnce);
      entries.push(...(await Promise.all(some.map((entry) => describe(entry, inside, real, roots)))));
    }
    const above = dirname(real);
    const parent = above !== real && (await roots.allows(above)) ? above : null;
    // What a link leads to is known only now.
    entries.sort((a, b) => byKind(a.type === "directory", b.type === "directory") || collator.compare(a.name, b.name));
    return { path: real, parent, entries, truncated: truncated || found.length > shown.length };
  } finally {
    await folder.close();
  }
}

const collator = new Intl.Collator("en", { numeric: true });

function byKindAndName(a: Dirent, b: Dirent): number {
  return byKind(a.isDirectory(), b.isDirectory()) || collator.compare(a.name, b.name);
}

function byKind(isFolder: boolean, isOtherFolder: boolean): number {
  return Number(isOtherFolder) - Number(isFolder);
}

async function describe(entry: Dirent, inside: string, real: string, roots: AllowedRoots): Promise<FolderEntry> {
  const symlink = entry.isSymbolicLink();
  const shown = { name: entry.name, path: join(real, entry.name), symlink };
  const within = join(inside, entry.name);
  try {
    const found = symlink ? await statTarget(within, roots) : await lstat(within);
    const type = found.isDirectory() ? "directory" : found.isFile() ? "file" : "other";
    return { ...shown, type, size: type === "file" ? found.size : null, modified_at: found.mtime.toISOString() };
  } catch {
    // It is gone, broken, or leads out: that it is there is all there is to say.
    return { ...shown, type: "other", size: null, modified_at: null };
  }
}

async function statTarget(link: string, roots: AllowedRoots): Promise<Stats> {
  const target = await realpath(link);
  if (!(await roots.allows(target))) throw new Error("leads out");
  return lstat(target);
}
