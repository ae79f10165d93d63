import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { PierError } from "@pier/protocol";
import { type AllowedRoots, straightPath } from "../files/index.ts";
import { direnvLimits } from "../limits.ts";
import type { Direnv } from "./direnv.ts";
import { envrcNames, findEnvrc } from "./find-envrc.ts";

export interface AllowEnvrcOptions {
  direnv: Direnv;
  roots: AllowedRoots;
  /** What `~` is. */
  home: string;
}

/**
 * Approves the .envrc at a path, or the one that counts for a folder. It and what it leads to have to be inside the
 * allowed roots.
 *
 * @returns the file that was approved
 * @throws PierError `BAD_REQUEST`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` (no direnv, or its words)
 */
export async function allowEnvrc(written: string, { direnv, roots, home }: AllowEnvrcOptions): Promise<string> {
  const { problem } = direnv;
  if (problem !== null) throw new PierError("CONFLICT", problem);
  const path = straightPath(written, home);
  // The name counts for direnv, not what a link of that name leads to.
  const isFile = envrcNames.includes(basename(path));
  const folder = await roots.resolve(isFile ? dirname(path) : path);
  const file = isFile ? join(folder, basename(path)) : findEnvrc(folder);
  if (file === null) throw new PierError("NOT_FOUND", `There is no .envrc in ${folder} or above it.`);
  const real = await realpath(file).catch(() => null);
  if (real === null) throw new PierError("NOT_FOUND", `There is no ${file}: name an .envrc, or a folder that has one.`);
  if (!(await roots.allows(real)))
    throw new PierError("FORBIDDEN", `${file} is outside the folders that may be looked at: start Pier with --root.`);
  const found = await stat(real);
  if (!found.isFile()) throw new PierError("BAD_REQUEST", `${file} is no file: name an .envrc.`);
  if (found.size > direnvLimits.envrc)
    throw new PierError("BAD_REQUEST", `${file} has ${found.size} bytes: approve one that long in a terminal.`);
  await direnv.allow(file, dirname(file));
  return file;
}
