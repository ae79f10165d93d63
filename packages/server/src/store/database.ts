import { closeSync, constants, existsSync, statSync } from "node:fs";
import type { SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { storeLimits } from "../limits.ts";
import { migrate } from "./migrations.ts";
import { openPrivateFile } from "./private-file.ts";
import { type DatabaseSync, openSqlite } from "./sqlite.ts";
import { toStorageError } from "./storage-error.ts";

export type Row = Record<string, SQLOutputValue>;
export type Values = Record<string, SQLInputValue>;

/** One SQLite file. What goes wrong in it comes out as a `STORAGE` error that names the file. */
export class Database {
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws PierError `STORAGE` when it is damaged, of a newer version, or cannot be written. */
  constructor(path: string) {
    this.#path = path;
    makeFilesPrivate(path);
    this.#db = this.#guard(() => openSqlite(path, { timeout: storeLimits.busyWait }));
    try {
      this.#guard(() => prepare(this.#db, path));
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Changes rows, on disk when it returns; answers how many. `values` fill the statement's `:names`. */
  run(sql: string, values: Values): number {
    return this.#guard(() => Number(this.#statement(sql).run(values).changes));
  }

  get(sql: string, values: Values): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(values));
  }

  all(sql: string, values: Values = {}): Row[] {
    return this.#guard(() => this.#statement(sql).all(values));
  }

  /** All of `work`, or nothing of it. */
  transaction(work: () => void): void {
    this.#guard(() => this.#db.exec("BEGIN IMMEDIATE"));
    try {
      work();
      this.#guard(() => this.#db.exec("COMMIT"));
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toStorageError(error, this.#path);
    }
  }
}

/** SQLite gives the files beside a database the mode of the database itself, so that one has to be right first. */
function makeFilesPrivate(path: string): void {
  try {
    closeSync(openPrivateFile(path, constants.O_RDWR | constants.O_CREAT));
    for (const beside of [`${path}-wal`, `${path}-shm`]) {
      if (existsSync(beside)) closeSync(openPrivateFile(beside, constants.O_RDWR));
    }
  } catch (error) {
    throw toStorageError(error, path);
  }
}

function prepare(db: DatabaseSync, path: string): void {
  // FULL: a commit is on disk when it returns, also in WAL mode; fullfsync is what that takes on macOS.
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON");
  if (statSync(path).size <= storeLimits.checkedDatabase) check(db, path);
  migrate(db, path);
}

function check(db: DatabaseSync, path: string): void {
  const result = db.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
  if (result !== "ok") throw toStorageError({ errcode: 11, message: String(result) }, path);
}
