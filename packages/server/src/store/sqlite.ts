import type * as NodeSqlite from "node:sqlite";

export type DatabaseSync = NodeSqlite.DatabaseSync;

/** Opens a database with Node's own SQLite, without the warning that it is experimental in Node 22. */
export function openSqlite(path: string, options: { timeout?: number; readOnly?: boolean } = {}): DatabaseSync {
  loaded ??= loadQuietly();
  return new loaded.DatabaseSync(path, options);
}

let loaded: typeof NodeSqlite | undefined;

/** The warning comes once, while the module loads; every other warning passes. */
function loadQuietly(): typeof NodeSqlite {
  const emitWarning = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  const original = Object.getOwnPropertyDescriptor(process, "emitWarning");
  process.emitWarning = (...args: unknown[]) => {
    const isExpected = args[1] === "ExperimentalWarning" && String(args[0]).startsWith("SQLite");
    if (!isExpected) emitWarning(...args);
  };
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    if (original) Object.defineProperty(process, "emitWarning", original);
  }
}
