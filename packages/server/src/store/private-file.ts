import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { toStorageError } from "./storage-error.ts";

/**
 * Writes a file that only its owner can read, whatever the umask: whole or not at all, and on disk when it returns.
 *
 * @throws PierError `STORAGE`
 */
export function writePrivateFile(path: string, text: string): void {
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = openPrivateFile(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw toStorageError(error, path);
  }
}

/** Opens a file and gives it mode 0600; a symbolic link in its place is refused. */
export function openPrivateFile(path: string, flags: number): number {
  // Windows has no O_NOFOLLOW.
  const file = openSync(path, flags | (constants.O_NOFOLLOW ?? 0), 0o600);
  try {
    if ((fstatSync(file).mode & 0o777) !== 0o600) fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
