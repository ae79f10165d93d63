import { openSync, closeSync, fstatSync, readFileSync } from "node:fs";
import { DetachedError } from "../detached-error.ts";
import { errorCode, errorText } from "../error-code.ts";
import { META_BYTES } from "../limits.ts";
import { parseMeta } from "./meta.ts";
import type { Meta } from "./meta.ts";
import type { Paths } from "./paths.ts";
import { writeAtomic } from "./write-atomic.ts";

/** Reads a folder's meta. @throws DetachedError NO_CHILD, BAD_META */
export function readMeta(paths: Paths): Meta {
  const meta = parseMeta(readBounded(paths));
  if (typeof meta !== "string") return meta;
  throw new DetachedError("BAD_META", `Cannot use ${paths.meta}: ${meta}`);
}

/** Replaces a folder's meta in one step. @throws DetachedError NO_FOLDER */
export function writeMeta(paths: Paths, meta: Meta): void {
  try {
    writeAtomic(paths.meta, `${JSON.stringify(meta, null, 2)}\n`);
  } catch (cause) {
    throw new DetachedError("NO_FOLDER", `Cannot write ${paths.meta}: ${errorText(cause)}`, {
      cause,
    });
  }
}

function readBounded(paths: Paths): string {
  let fd: number;
  try {
    fd = openSync(paths.meta, "r");
  } catch (cause) {
    const code = errorCode(cause) === "ENOENT" ? "NO_CHILD" : "BAD_META";
    throw new DetachedError(code, `Cannot find a child in ${paths.folder}: ${errorText(cause)}`, {
      cause,
    });
  }
  try {
    const { size } = fstatSync(fd);
    if (size <= META_BYTES) return readFileSync(fd, "utf8");
    throw new DetachedError(
      "BAD_META",
      `Cannot use ${paths.meta}: it has ${size} bytes, at most ${META_BYTES} are read`,
    );
  } finally {
    closeSync(fd);
  }
}
