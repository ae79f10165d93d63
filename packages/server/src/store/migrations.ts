import { PierError } from "@pier/protocol";
import type { DatabaseSync } from "./sqlite.ts";

/** What brings a database from version `n` to `n + 1`, in order. Never change one that was released: add one. */
const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    name TEXT,
    cwd TEXT NOT NULL,
    provider TEXT,
    model TEXT,
    thinking_level TEXT,
    ephemeral INTEGER NOT NULL CHECK (ephemeral IN (0, 1)),
    demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
    pi_args TEXT NOT NULL CHECK (json_type(pi_args) = 'array'),
    status TEXT NOT NULL CHECK (status IN ('live', 'closed')),
    epoch TEXT,
    session_file TEXT,
    pi_version TEXT,
    preview TEXT,
    attention_reason TEXT CHECK (attention_reason IN ('question', 'error', 'finished')),
    attention_text TEXT,
    exit_message TEXT,
    exit_code INTEGER,
    exit_signal TEXT,
    created_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE prompts (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    client_id TEXT NOT NULL,
    command_id TEXT,
    command TEXT NOT NULL,
    epoch TEXT,
    state TEXT NOT NULL CHECK (state IN ('accepted', 'answered', 'offered', 'done')),
    reply TEXT,
    accepted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX prompts_of_session ON prompts (session, position);
  CREATE UNIQUE INDEX prompts_of_command ON prompts (session, client_id, command_id);

  CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'prompt', 'admin')),
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    last_address TEXT
  ) STRICT;
  `,
  `
  ALTER TABLE sessions ADD COLUMN use_direnv INTEGER NOT NULL DEFAULT 1 CHECK (use_direnv IN (0, 1));
  ALTER TABLE sessions ADD COLUMN worktree TEXT CHECK (worktree IS NULL OR json_type(worktree) = 'object');
  `,
  `
  ALTER TABLE sessions ADD COLUMN parent TEXT;
  ALTER TABLE sessions ADD COLUMN branch_entry TEXT;
  `,
  `ALTER TABLE sessions ADD COLUMN render_markdown INTEGER NOT NULL DEFAULT 1 CHECK (render_markdown IN (0, 1));`,
  `
  CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    name TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    path TEXT NOT NULL,
    used INTEGER NOT NULL CHECK (used IN (0, 1)),
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX uploads_of_session ON uploads (session, created_at);
  CREATE INDEX uploads_of_content ON uploads (sha256);
  CREATE INDEX uploads_of_path ON uploads (path);
  CREATE TABLE loose_files (path TEXT PRIMARY KEY) STRICT;
  `,
  `ALTER TABLE sessions ADD COLUMN removal TEXT CHECK (removal IN ('trash', 'permanent'));`,
  `CREATE TABLE approvals (digest TEXT PRIMARY KEY, approved_at INTEGER NOT NULL) STRICT;`,
];

/** The version this Pier writes. */
export const schemaVersion = migrations.length;

/**
 * Brings a database up to `schemaVersion`; a step happens whole or not at all.
 *
 * @throws PierError `STORAGE` when a newer Pier wrote it: there is no way back.
 */
export function migrate(db: DatabaseSync, path: string): void {
  const found = Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (found > schemaVersion) {
    throw new PierError(
      "STORAGE",
      `Cannot use ${path}: a newer Pier wrote it (version ${found}, this one knows ${schemaVersion}); start that Pier, or choose another folder with --data-dir.`,
    );
  }
  for (let version = found; version < schemaVersion; version++) {
    db.exec(`BEGIN IMMEDIATE; ${migrations[version]} PRAGMA user_version = ${version + 1}; COMMIT`);
  }
}
