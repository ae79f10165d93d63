import type { Stats } from "node:fs";
import { lstat, stat } from "node:fs/promises";
import { join } from "node:path";
import { type FoundFiles, PierError } from "@pier/protocol";
import { fileLimits } from "../../limits.ts";
import type { FileList, FoundEntry } from "./file-list.ts";
import { rankFiles } from "./rank-files.ts";

export interface FileSearchOptions {
  /** Reads what a folder holds. */
  list(folder: string): Promise<FileList>;
  /** ms, from any beginning. */
  now(): number;
}

interface Listing {
  list: Promise<FileList>;
  /** When it was read; Infinity while it is. */
  readAt: number;
}

/** Finds files of folders by what somebody types. What was read of a folder serves everybody for a few seconds. */
export class FileSearch {
  readonly #options: FileSearchOptions;
  readonly #listings = new Map<string, Listing>();

  constructor(options: FileSearchOptions) {
    this.#options = options;
  }

  /** @throws PierError `NOT_FOUND` when the folder is gone */
  async search(folder: string, query: string, limit: number): Promise<FoundFiles> {
    const found = await stat(folder).catch(() => null);
    if (!found?.isDirectory())
      throw new PierError(
        "NOT_FOUND",
        `The folder ${folder} is not there any more: put it back, or close the session.`,
      );
    const { entries, truncated } = await this.#list(folder);
    // A few more than asked for: some of the best may be gone by now.
    const { best, more } = await rankFiles(entries, query, limit + fileLimits.spare);
    const present = await Promise.all(best.map((entry) => whatItIs(folder, entry)));
    const files = present.filter((file) => file !== null);
    return { files: files.slice(0, limit), truncated: truncated || more || files.length > limit };
  }

  #list(folder: string): Promise<FileList> {
    const known = this.#listings.get(folder);
    if (known && this.#options.now() - known.readAt < fileLimits.listLife) return known.list;
    const listing: Listing = { list: this.#options.list(folder), readAt: Infinity };
    this.#listings.delete(folder);
    this.#listings.set(folder, listing);
    for (const oldest of this.#listings.keys()) {
      if (this.#listings.size <= fileLimits.listings) break;
      this.#listings.delete(oldest);
    }
    listing.list.then(
      () => (listing.readAt = this.#options.now()),
      () => this.#listings.delete(folder),
    );
    return listing.list;
  }
}

/** null when it is gone since, or when git named something that is not in the folder. */
async function whatItIs(folder: string, { path, directory }: FoundEntry): Promise<FoundFiles["files"][number] | null> {
  const found = await lstatOrNull(join(folder, path));
  return found && { path, directory: directory || found.isDirectory() };
}

async function lstatOrNull(path: string): Promise<Stats | null> {
  return lstat(path).catch(() => null);
}
