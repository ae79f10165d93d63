/** One file or folder that can be found. */
export interface FoundEntry {
  /** Relative, with `/`. */
  path: string;
  directory: boolean;
  /** The path in lower case, for comparing. */
  lower: string;
  /** Where the name begins in the path. */
  name: number;
}

/** What a folder holds, as far as it was read. */
export interface FileList {
  entries: FoundEntry[];
  truncated: boolean;
}

/** Gathers paths of files, and the folders that they lie in. */
export class FileListBuilder {
  readonly #seen = new Set<string>();
  readonly #entries: FoundEntry[] = [];
  readonly #most: number;
  #truncated = false;

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#entries.length >= this.#most;
  }

  add(path: string, directory: boolean): void {
    if (this.#seen.has(path) || !isBelow(path)) return;
    if (this.isFull) return this.truncate();
    this.#seen.add(path);
    const name = path.lastIndexOf("/") + 1;
    if (name > 0) this.add(path.slice(0, name - 1), true);
    this.#entries.push({ path, directory, lower: path.toLowerCase(), name });
  }

  /** There is more than was added. */
  truncate(): void {
    this.#truncated = true;
  }

  finish(): FileList {
    return { entries: this.#entries, truncated: this.#truncated };
  }
}

/** What a damaged index names outside of its folder is nobody's business. */
function isBelow(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !(path.includes("..") && path.split("/").includes(".."));
}
