import { constants } from "node:os";
import type { Daemon } from "@pier/server";
import { findLocalDaemon } from "../daemon/local-daemon.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { goingOn } from "./going-on.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Waits for a signal, which closes the daemon and leaves turns running, or for a request to stop, which ends them in
 * order. A second signal ends the process at once.
 */
export async function runUntilStopped(io: Io, daemon: Daemon, dataDir: string): Promise<void> {
  const signalled = Promise.withResolvers<NodeJS.Signals>();
  const onSignal = (signal: NodeJS.Signals): void => {
    for (const name of signals) {
      process.off(name, onSignal);
      process.once(name, (again) => process.exit(128 + constants.signals[again]));
    }
    signalled.resolve(signal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  const why = await Promise.race([signalled.promise, daemon.stopRequested.then(() => "asked" as const)]);
  if (why === "asked") {
    print(io, "Asked to stop: ending sessions in order.");
    await daemon.stop();
    print(io, "Stopped.");
    return;
  }
  const running = await countRunning(io, { dataDir });
  await daemon.close();
  print(io, goingOn(running));
}

/** How many turns are under way; null when that could not be found out quickly. */
async function countRunning(io: Io, flags: DataDirFlag): Promise<number | null> {
  try {
    const found = await findLocalDaemon(io, flags);
    const sessions = await found?.api.sessions.list({ signal: AbortSignal.timeout(1_000) });
    return sessions?.filter(({ activity }) => activity === "running").length ?? null;
  } catch {
    return null;
  }
}
