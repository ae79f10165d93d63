import { closeSync, constants, openSync } from "node:fs";
import { DetachedError } from "../detached-error.ts";
import type { Paths } from "../folder/paths.ts";
import { CLOSED_INPUT_GRACE_MS } from "../limits.ts";
import type { ProcessTable } from "./process-table.ts";
import { waitUntil } from "./wait-until.ts";

/**
 * Finds the child of a starter that ended between the start and noting the pid: it leads its session and reads the FIFO.
 * null when nobody reads it, so nothing was started or it is gone.
 * @throws DetachedError NO_PID when somebody reads it but the system does not tell who
 */
export async function findHolder(paths: Paths, table: ProcessTable): Promise<number | null> {
  let leader: number | undefined;
  // A process that ends shows no files any more a moment before the FIFO loses its reader.
  const isClear = (): boolean => {
    leader = table.leadersReading(paths.input)?.[0];
    return leader !== undefined || !hasReader(paths.input);
  };
  if (await waitUntil(isClear, CLOSED_INPUT_GRACE_MS)) return leader ?? null;
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
