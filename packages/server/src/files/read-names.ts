import type { Dirent } from "node:fs";
import { opendir } from "node:fs/promises";
import { fileLimits } from "../limits.ts";

/** As many entries of a folder as are read at most, in the order in which the system gives them. */
export async function readNames(folder: string): Promise<{ found: Dirent[]; truncated: boolean }> {
  const found: Dirent[] = [];
  for await (const entry of await opendir(folder, { bufferSize: 256 })) {
    if (found.length === fileLimits.names) return { found, truncated: true };
    found.push(entry);
  }
  return { found, truncated: false };
}
