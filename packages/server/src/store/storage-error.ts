import { PierError } from "@pier/protocol/runtime";

/** Turns what the file system or SQLite threw about `path` into a `STORAGE` error that says what to do. */
export function toStorageError(error: unknown, path: string): PierError {
  if (error instanceof PierError) return error;
  const { code, errcode, message } = error as { code?: string; errcode?: number; message?: string };
  const reason = (errcode === undefined ? undefined : sqliteReasons[errcode & 0xff]) ?? fileReasons[code ?? ""];
  const sentence = reason ?? `${message ?? String(error)}.`;
  return new PierError("STORAGE", `Cannot use ${path}: ${sentence}`, { cause: error });
}

const full = "the disk is full; free some space and try again.";
const notWritable = "it is not writable; give it to the user that runs Pier, or choose another folder with --data-dir.";
const damaged =
  "it is damaged; move it aside to start afresh, or put a copy of it back. Nothing was changed, and pi's own session files are not in it.";

/** By SQLite's primary result codes (sqlite.org/rescode.html). */
const sqliteReasons: Record<number, string> = {
  5: "another program holds it; end that program first.",
  8: notWritable,
  10: "the disk reports an error; look at the system's log.",
  11: damaged,
  13: full,
  14: notWritable,
  26: damaged,
};

const fileReasons: Record<string, string> = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOSPC: full,
  EFBIG: "the file is larger than the system lets one be; free some space, or raise the limit.",
  EDQUOT: full,
  ENOTDIR: "a part of the path is a file; choose another folder with --data-dir.",
  EEXIST: "there is a file of that name; choose another folder with --data-dir.",
  ELOOP: "it is a symbolic link; replace it by the file itself.",
};
