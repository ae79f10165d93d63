import type { UploadRow, UploadRows } from "../uploads/upload-row.ts";
import { integer, text } from "./columns.ts";
import type { Database, Row } from "./database.ts";

/** Attached files in the database. */
export function uploadRows(db: Database): UploadRows {
  const settle = (path: string): void => void db.run("DELETE FROM loose_files WHERE path = :path", { path });
  return {
    list: (session) =>
      db.all("SELECT * FROM uploads WHERE session = :session ORDER BY created_at, rowid", { session }).map(toUpload),
    find(session, id) {
      const row = db.get("SELECT * FROM uploads WHERE session = :session AND id = :id", { session, id });
      return row && toUpload(row);
    },
    withContent: (sha256) => db.all("SELECT * FROM uploads WHERE sha256 = :sha256", { sha256 }).map(toUpload),
    insert(rows, settled) {
      db.transaction(() => {
        for (const row of rows) insert(db, row);
        settled.forEach(settle);
      });
    },
    markUsed(ids) {
      db.transaction(() => {
        for (const id of ids) db.run("UPDATE uploads SET used = 1 WHERE id = :id", { id });
      });
    },
    remove(session, id) {
      const values = { session, id };
      db.transaction(() => {
        db.run(
          "INSERT OR IGNORE INTO loose_files SELECT path FROM uploads WHERE session = :session AND id = :id",
          values,
        );
        db.run("DELETE FROM uploads WHERE session = :session AND id = :id", values);
      });
    },
    addLoose: (path) => void db.run("INSERT OR IGNORE INTO loose_files VALUES (:path)", { path }),
    loose: () => db.all("SELECT path FROM loose_files").map((row) => text(row, "path")),
    isReferenced: (path) =>
      db.get("SELECT 1 FROM uploads WHERE path = :path", { path }) !== undefined ||
      db.get("SELECT 1 FROM sessions WHERE session_file = :path", { path }) !== undefined,
    settle,
  };
}

/** Gives a new session references of its own to all that is attached to another one. Part of a transaction. */
export function inheritUploads(db: Database, from: string, to: string): void {
  db.run(
    `INSERT INTO uploads SELECT lower(hex(randomblob(16))), :to, name, mime_type, size, sha256, path, used, created_at
     FROM uploads WHERE session = :from ORDER BY created_at, rowid`,
    { from, to },
  );
}

/** Removes the references of a session. Part of a transaction. */
export function removeUploads(db: Database, session: string): void {
  db.run("INSERT OR IGNORE INTO loose_files SELECT path FROM uploads WHERE session = :session", { session });
  db.run("DELETE FROM uploads WHERE session = :session", { session });
}

function insert(db: Database, { mimeType, createdAt, used, ...row }: UploadRow): void {
  db.run(
    `INSERT INTO uploads (id, session, name, mime_type, size, sha256, path, used, created_at)
     VALUES (:id, :session, :name, :mimeType, :size, :sha256, :path, :used, :createdAt)`,
    { ...row, mimeType, createdAt, used: Number(used) },
  );
}

function toUpload(row: Row): UploadRow {
  return {
    id: text(row, "id"),
    session: text(row, "session"),
    name: text(row, "name"),
    mimeType: text(row, "mime_type"),
    size: integer(row, "size"),
    sha256: text(row, "sha256"),
    path: text(row, "path"),
    used: integer(row, "used") === 1,
    createdAt: integer(row, "created_at"),
  };
}
