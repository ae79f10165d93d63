import type { Dirent } from "node:fs";
import { join } from "node:path";
import { fileLimits } from "../../limits.ts";
import { readNames } from "../read-names.ts";
import { type FileList, FileListBuilder } from "./file-list.ts";

/** What nobody looks for, and what holds the most. */
const skipped = new Set([".git", "node_modules"]);

/**
 * What a folder holds where no git knows better: what lies near the top first, up to a number of files and a time. Symbolic
 * links are named, and not followed.
 *
 * @param now ms, from any beginning
 */
export async function walkFolder(folder: string, now: () => number = () => performance.now()): Promise<FileList> {
  const list = new FileListBuilder(fileLimits.walked);
  const end = now() + fileLimits.listTime;
  let level = [""];
  while (level.length > 0 && !list.isFull) {
    const next: string[] = [];
    for (let at = 0; at < level.length && !list.isFull; at += fileLimits.walkedAtOnce) {
      if (now() > end) {
        list.truncate();
        return list.finish();
      }
      const some = level.slice(at, at + fileLimits.walkedAtOnce);
      const read = await Promise.all(some.map((path) => namesIn(join(folder, path))));
      for (const [index, entries] of read.entries()) {
        const above = some[index] as string;
        for (const entry of entries) {
          if (skipped.has(entry.name)) continue;
          const path = above === "" ? entry.name : `${above}/${entry.name}`;
          list.add(path, entry.isDirectory());
          if (entry.isDirectory()) next.push(path);
        }
      }
    }
    level = next;
  }
  if (level.length > 0) list.truncate();
  return list.finish();
}

/** What may not be read holds nothing for us. */
async function namesIn(folder: string): Promise<Dirent[]> {
  return (await readNames(folder).catch(() => ({ found: [] }))).found;
}
