import { chmodSync, linkSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { toStorageError } from "../store/storage-error.ts";

/** Where the files of sessions whose session files lie in one folder are kept: each content once, below its hash. */
export function sharedFolder(sessionFile: string): string {
  return join(dirname(sessionFile), "uploads", "_shared");
}

/** Holds files that are being received. */
export const incomingFolder = ".incoming";

/** Makes a folder below `shared`, for its owner alone. @throws PierError `STORAGE` */
export function makeFolder(shared: string, name: string): string {
  const folder = join(shared, name);
  try {
    for (const path of [dirname(shared), shared, folder]) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      if ((statSync(path).mode & 0o777) !== 0o700) chmodSync(path, 0o700);
    }
    return folder;
  } catch (error) {
    throw toStorageError(error, folder);
  }
}

/**
 * Puts a received file in its place.
 *
 * @param same a file of the same content that is there already, if there is one
 * @throws PierError `STORAGE`
 */
export function putInPlace(draft: string, path: string, same: string | undefined): void {
  try {
    if (same === path) return rmSync(draft, { force: true });
    if (same === undefined || !linked(same, path)) return renameSync(draft, path);
    rmSync(draft, { force: true });
  } catch (error) {
    throw toStorageError(error, path);
  }
}

/** Removes a file, and its folder when nothing else is in it. Returns whether it is gone. */
export function removeFile(path: string): boolean {
  try {
    rmSync(path, { force: true });
  } catch {
    return false;
  }
  // Somebody may be about to write into it.
  if (basename(dirname(path)) === incomingFolder) return true;
  try {
    rmdirSync(dirname(path));
  } catch {
    // Another name of the same content is still in it.
  }
  return true;
}

/** Not every file system has links; then the content is there twice. */
function linked(from: string, to: string): boolean {
  try {
    rmSync(to, { force: true });
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}
