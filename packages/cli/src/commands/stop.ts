import { setTimeout as pause } from "node:timers/promises";
import { CliError } from "../cli-error.ts";
import { isAlive } from "../daemon/is-alive.ts";
import { localDaemon } from "../daemon/local-daemon.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";

/** ms that the daemon may take: pi gets some time to end in order, and is killed then. */
const patience = 30_000;
const interval = 50;

/** `pier stop` */
export async function stop(io: Io, flags: DataDirFlag): Promise<void> {
  const daemon = await localDaemon(io, flags);
  await daemon.api.stop();
  const deadline = Date.now() + patience;
  while (isAlive(daemon.pid)) {
    if (Date.now() > deadline) {
      throw new CliError(
        `The daemon (pid ${daemon.pid}) was asked to stop but is still there after ${patience / 1_000} s: look at its output.`,
      );
    }
    await pause(interval);
  }
  print(io, `Stopped the daemon (pid ${daemon.pid}). Sessions are kept; \`pier serve\` brings them back.`);
}
