import { existsSync } from "node:fs";
import { join } from "node:path";
import { openSqlite } from "./sqlite.ts";

/** What a daemon holds while it runs, and nobody else. */
export function lockPath(dataDir: string): string {
  return join(dataDir, "pier.lock");
}

/**
 * Whether a daemon holds a data folder. Its pid alone says little: after a crash another program may have that. True too
 * where the lock cannot be looked at, because it is another user's.
 */
export function isLocked(dataDir: string): boolean {
  const path = lockPath(dataDir);
  if (!existsSync(path)) return false;
  try {
    const db = openSqlite(path, { timeout: 0, readOnly: true });
    try {
      db.exec("SELECT 1 FROM sqlite_schema");
      return false;
    } finally {
      db.close();
    }
  } catch {
    // Busy: a daemon has it. Otherwise nobody can say, and the pid is all there is.
    return true;
  }
}
