import { closeSync, constants, openSync } from "node:fs";
import { DetachedError } from "../detached-error.ts";
import type { Paths } from "../folder/paths.ts";
import type { ProcessTable } from "./process-table.ts";

/**
 * Finds the child of a starter that ended between the start and noting the pid: it leads its session and reads the FIFO.
 * null when nobody reads it, so nothing was started or it is gone.
 * @throws DetachedError NO_PID when somebody reads it but the system does not tell who
 */
export function findHolder(paths: Paths, table: ProcessTable): number | null {
  const leaders = table.leadersReading(paths.input) ?? [];
  if (leaders[0] !== undefined) return leaders[0];
  if (!hasReader(paths.input)) return null;
  throw new DetachedError(
    "NO_PID",
    `Cannot tell who runs in ${paths.folder}: meta.json has no pid, and somebody reads ${paths.input}; end that process first`,
  );
}

/** Opening for writing without waiting works only when somebody reads. */
function hasReader(path: string): boolean {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    return true;
  } catch {
    return false;
  }
}
