import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { PierError } from "@pier/protocol";
import { toStorageError } from "./storage-error.ts";

/** Files that show that a folder is Pier's own. */
const markers = ["pier.lock", "pier.db"];

/**
 * Makes a folder that only its owner can enter, whatever the umask, or makes an existing one of Pier's private again.
 *
 * @throws PierError `STORAGE` when it cannot be, or when it is a shared folder with other people's files in it.
 */
export function makePrivateFolder(path: string): void {
  try {
    makeFolders(path);
    const found = statSync(path);
    if (!found.isDirectory()) throw Object.assign(new Error("not a folder"), { code: "EEXIST" });
    const mode = found.mode & 0o1777;
    if (mode === 0o700) return;
    if (isShared(path, mode)) {
      throw new PierError(
        "STORAGE",
        `Cannot keep data in ${path}: the folder is in other use and open to others; name a folder of its own with --data-dir.`,
      );
    }
    chmodSync(path, 0o700);
  } catch (error) {
    throw toStorageError(error, path);
  }
}

/** Not `recursive`: Node then tries for ever where the system answers ENOENT whatever exists, as below /proc. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) makeFolders(dirname(path));
  mkdirSync(path, { mode: 0o700 });
  // The umask may have taken the owner's own bits too.
  chmodSync(path, 0o700);
}

/** `--data-dir /tmp` must not take /tmp away from everybody else. */
function isShared(path: string, mode: number): boolean {
  if (mode & 0o1000) return true;
  const isOpen = (mode & 0o077) !== 0;
  return isOpen && !markers.some((name) => existsSync(join(path, name))) && readdirSync(path).length > 0;
}
