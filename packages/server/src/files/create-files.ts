import type { FolderCompletions, FolderListing, FoundFiles } from "@pier/protocol";
import type { AllowedRoots } from "./allowed-roots.ts";
import { completeFolder } from "./complete-folder.ts";
import { listFolder } from "./list-folder.ts";
import { straightPath } from "./local-path.ts";
import { FileSearch } from "./search/file-search.ts";
import { listGitFiles } from "./search/list-git-files.ts";
import { walkFolder } from "./search/walk-folder.ts";

/** What REST asks of folders. Every method throws a `PierError` whose code says which HTTP status fits. */
export interface FilesService {
  /** @throws PierError `FORBIDDEN`, `NOT_FOUND`, `BAD_REQUEST` */
  list(path: string): Promise<FolderListing>;
  /** @throws PierError `BAD_REQUEST` */
  complete(prefix: string): Promise<FolderCompletions>;
  /** @throws PierError `NOT_FOUND` when the folder is gone */
  search(folder: string, query: string, limit: number): Promise<FoundFiles>;
}

export interface FilesOptions {
  /** What `~` is. */
  home: string;
  roots: AllowedRoots;
  /** What children inherit, for git. */
  env: Readonly<Record<string, string>>;
}

/** The folders of this machine, as far as they may be looked at. */
export function createFiles({ home, roots, env }: FilesOptions): FilesService {
  const search = new FileSearch({
    list: async (folder) => (await listGitFiles(folder, env)) ?? walkFolder(folder),
    now: () => performance.now(),
  });
  return {
    list: async (path) => listFolder(straightPath(path, home), roots),
    complete: async (prefix) => completeFolder(prefix, home, roots),
    search: async (folder, query, limit) => search.search(folder, query, limit),
  };
}
