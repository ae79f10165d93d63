import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { isAddress } from "./address.ts";
import { asDaemon, type Daemon } from "./daemon.ts";
import { ownMachine } from "./host-name.ts";
import { localDaemon } from "./local-daemon.ts";

/** How a command names its daemon. */
export interface DaemonFlags extends DataDirFlag {
  /** A saved host's name, an address, or `local`; `PIER_HOST` when absent. */
  host?: string;
  tokenFile?: string;
}

/** The daemon that a command is about. @throws CliError when there is none, or no way in */
export async function findDaemon(io: Io, flags: DaemonFlags): Promise<Daemon> {
  const host = chosenHost(io, flags);
  if (host === null) return asDaemon(await localDaemon(io, flags), flags);
  const { hostByName, remoteDaemon } = await import("./remote-daemon.ts");
  return isAddress(host) ? remoteDaemon(io, host, flags) : hostByName(io, host, flags);
}

/** A host's name or an address; null for this machine. @throws CliError */
export function chosenHost(io: Io, { host, dataDir }: DaemonFlags): string | null {
  if (host !== undefined && host !== ownMachine && dataDir !== undefined)
    throw new CliError("--host names a daemon elsewhere and --data-dir one of this machine: leave one of them away.");
  // What stands on the command line goes before the environment.
  const chosen = host ?? (dataDir === undefined ? io.env.PIER_HOST : undefined);
  return chosen === undefined || chosen === "" || chosen === ownMachine ? null : chosen;
}
