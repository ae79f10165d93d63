import { DetachedError } from "../detached-error.ts";
import { STOP_WAIT_MS } from "../limits.ts";
import type { ProcessTable } from "../process/process-table.ts";
import { sendSignal } from "../process/send-signal.ts";
import { waitUntil } from "../process/wait-until.ts";

/** Those who write to a journal, brought to rest while it is moved under them. */
export interface Writers {
  /** Those at rest already: they stay so afterwards. */
  atRest(): number[];
  /** Stops all others; resolves when no thread of any can write. @throws DetachedError CANNOT_TRIM */
  stop(): Promise<void>;
  /** Lets all go on but those. */
  goOn(atRest: readonly number[]): void;
}

/** Writers seen through /proc; where that is not to be had, the child's process group. */
export function writersOf(output: string, group: number | null, table: ProcessTable): Writers {
  const list = (): number[] =>
    (table.writersOf(output) ?? (group === null ? [] : table.group(group))).filter((pid) => pid !== process.pid);
  // A writer may fork before it rests, so list again until all that are listed rest.
  const allRest = (): boolean => {
    const moving = list().filter((pid) => !table.isStill(pid));
    for (const pid of moving) sendSignal(pid, "SIGSTOP");
    return moving.length === 0;
  };
  return {
    // Its threads may be stopping still, but somebody stopped it and it was not us.
    atRest: () => list().filter((pid) => table.state(pid, table.startTime(pid) ?? "") === "stopped"),
    stop: async () => {
      if (await waitUntil(allRest, STOP_WAIT_MS)) return;
      throw new DetachedError(
        "CANNOT_TRIM",
        `Cannot move ${output}: its writers did not stop within ${STOP_WAIT_MS} ms`,
      );
    },
    goOn: (atRest) => {
      for (const pid of list()) if (!atRest.includes(pid)) sendSignal(pid, "SIGCONT");
    },
  };
}
