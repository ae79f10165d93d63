import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { PierError } from "@pier/protocol";
import { isInside } from "./is-inside.ts";

export interface AllowedRootsOptions {
  /** The home folder and what `--root` added; absolute. */
  roots: readonly string[];
  /** The folders that sessions work in; absolute. */
  sessionFolders(): Iterable<string>;
  /** Nothing in here may be looked at, wherever it lies: the daemon's own files. */
  closed: string;
}

/** Which folders of this machine may be looked at from elsewhere. */
export class AllowedRoots {
  readonly #options: AllowedRootsOptions;

  constructor(options: AllowedRootsOptions) {
    this.#options = options;
  }

  /** Every root, as it was given. */
  list(): string[] {
    return [...new Set([...this.#options.roots, ...this.#options.sessionFolders()])];
  }

  /**
   * Where a path really leads.
   *
   * @throws PierError `FORBIDDEN` outside the roots, whether or not anything is there; `NOT_FOUND` inside
   */
  async resolve(path: string): Promise<string> {
    const real = await realOrNull(path);
    if (real !== null && (await this.allows(real))) return real;
    if (real === null && (await this.#wouldAllow(path)))
      throw new PierError("NOT_FOUND", `There is no ${path}: look at the folder above it for what there is.`);
    throw new PierError(
      "FORBIDDEN",
      `${path} is outside the folders that may be looked at: start Pier with --root and a folder around it.`,
    );
  }

  /** Whether a real path may be looked at. */
  async allows(real: string): Promise<boolean> {
    const { roots, closed } = this.#options;
    const own = await realOrNull(closed);
    if (isInside(real, own ?? closed)) return false;
    for (const root of roots) {
      if (isInside(real, (await realOrNull(root)) ?? root)) return true;
    }
    return this.#inSessionFolder(real);
  }

  async #inSessionFolder(real: string): Promise<boolean> {
    const folders = new Set(this.#options.sessionFolders());
    // Nearly all are real paths already: thousands of them need not be asked for on disk.
    for (const folder of folders) if (isInside(real, folder)) return true;
    for (const folder of folders) {
      const found = await realOrNull(folder);
      if (found !== null && isInside(real, found)) return true;
    }
    return false;
  }

  /** Of what is not there the folder around it decides. */
  async #wouldAllow(path: string): Promise<boolean> {
    for (let above = dirname(path); ; above = dirname(above)) {
      const real = await realOrNull(above);
      if (real !== null) return this.allows(real);
      if (above === dirname(above)) return false;
    }
  }
}

/** null for what is not there, or cannot be reached. */
async function realOrNull(path: string): Promise<string | null> {
  return realpath(path).catch(() => null);
}
