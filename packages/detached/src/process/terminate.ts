import { DetachedError } from "../detached-error.ts";
import { KILL_WAIT_MS } from "../limits.ts";
import type { ProcessTable } from "./process-table.ts";
import { sendSignal } from "./send-signal.ts";
import { waitUntil } from "./wait-until.ts";

export interface TerminateOptions {
  /** How long the child may take to end by itself after SIGTERM, in ms. */
  readonly graceMs: number;
  /** Gives up asking: no SIGKILL follows. */
  readonly signal?: AbortSignal;
}

/**
 * Ends a living child and whatever is left of its process group.
 * SIGTERM goes to the child alone, which may have to tidy up its own children; SIGKILL goes to the group.
 * @throws DetachedError ABORTED, STILL_ALIVE
 */
export async function terminate(pid: number, table: ProcessTable, options: TerminateOptions): Promise<void> {
  const isEmpty = (): boolean => !sendSignal(-pid, 0) || table.group(pid).length === 0;
  if (options.signal?.aborted) {
    const text = `Did not end process ${pid}: the signal was aborted before`;
    throw new DetachedError("ABORTED", text, { cause: options.signal.reason });
  }
  sendSignal(pid, "SIGTERM");
  sendSignal(pid, "SIGCONT"); // a stopped process acts on SIGTERM only when it goes on
  if (await waitUntil(isEmpty, options.graceMs, options.signal)) return;
  // The group was never empty since we knew its leader, so its number cannot be somebody else's.
  sendSignal(-pid, "SIGKILL");
  if (await waitUntil(isEmpty, KILL_WAIT_MS)) return;
  throw new DetachedError(
    "STILL_ALIVE",
    `Cannot end group ${pid}: ${table.group(pid).join(", ")} still there ${KILL_WAIT_MS} ms after SIGKILL`,
  );
}
