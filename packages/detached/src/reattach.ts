import { realpathSync } from "node:fs";
import { openChild } from "./child.ts";
import type { DetachedChild } from "./detached-child.ts";
import { DetachedError } from "./detached-error.ts";
import { errorText } from "./error-code.ts";
import { readMeta, writeMeta } from "./folder/meta-file.ts";
import type { Meta } from "./folder/meta.ts";
import { pathsIn } from "./folder/paths.ts";
import type { Paths } from "./folder/paths.ts";
import { findHolder } from "./process/find-holder.ts";
import { processTable } from "./process/process-table.ts";

/**
 * Finds a child again by its folder, running, stopped or dead.
 * After a crash of the starter in mid-write, begin with what ends a torn record (a newline, say).
 * @throws DetachedError NO_CHILD, BAD_META, NO_PID
 */
export async function reattach(folder: string): Promise<DetachedChild> {
  const paths = pathsIn(realFolder(folder));
  const meta = readMeta(paths);
  return openChild(paths, meta.pid === null ? await complete(paths, meta) : meta);
}

/** The starter ended between starting the child and noting its pid. */
async function complete(paths: Paths, meta: Meta): Promise<Meta> {
  const pid = await findHolder(paths, processTable);
  const startTime = pid === null ? null : processTable.startTime(pid);
  if (startTime === null) return meta;
  const completed: Meta = { ...meta, pid, startTime };
  writeMeta(paths, completed);
  return completed;
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (cause) {
    throw new DetachedError("NO_CHILD", `Cannot find a child: ${errorText(cause)}`, { cause });
  }
}
