import { closeSync, constants } from "node:fs";
import { PierError } from "@pier/protocol";
import { readDaemonFile, removeDaemonFile } from "./daemon-file.ts";
import { lockPath } from "./is-locked.ts";
import { openPrivateFile } from "./private-file.ts";
import { makePrivateFolder } from "./private-folder.ts";
import { type DatabaseSync, openSqlite } from "./sqlite.ts";
import { toStorageError } from "./storage-error.ts";

export interface DataDirectoryLock {
  release(): void;
}

// An open database nobody refers to is closed when memory is collected, and a lock must not end that way.
const held = new Set<DatabaseSync>();

/**
 * Makes this process the only daemon of a data folder, until `release` or its end, however it ends: the lock is
 * the operating system's, taken through SQLite on a file of its own because Node has no file locks.
 *
 * @throws PierError `CONFLICT` that names the other daemon, `STORAGE` when the folder cannot be used.
 */
export function lockDataDirectory(dataDir: string): DataDirectoryLock {
  makePrivateFolder(dataDir);
  const path = lockPath(dataDir);
  let db: DatabaseSync | undefined;
  try {
    closeSync(openPrivateFile(path, constants.O_RDWR | constants.O_CREAT));
    db = openSqlite(path, { timeout: 0 });
    // Without a journal file the lock leaves nothing behind that a kill could orphan.
    db.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    db?.close();
    throw isBusy(error) ? heldByAnother(dataDir) : toStorageError(error, path);
  }
  const lock = db;
  held.add(lock);
  // What a daemon wrote that was killed; ours comes when it listens.
  removeDaemonFile(dataDir);
  return {
    release() {
      if (held.delete(lock)) lock.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && (errcode & 0xff) === 5;
}

function heldByAnother(dataDir: string): PierError {
  const other = readDaemonFile(dataDir);
  const who = other ? `The daemon with pid ${other.pid} at ${other.url}` : "A daemon that is just starting";
  return new PierError(
    "CONFLICT",
    `${who} uses ${dataDir} already: use that one, stop it with "pier stop", or choose another folder with --data-dir.`,
  );
}
