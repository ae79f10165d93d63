import { readFileSync } from "node:fs";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { homePath } from "../text/home-path.ts";
import type { Access } from "./access.ts";
import { DaemonApi } from "./daemon-api.ts";
import { isAlive } from "./is-alive.ts";

/** The daemon of a data folder, as it was when it wrote down where it is. */
export interface LocalDaemon extends Access {
  token: string;
  pid: number;
  /** ms since 1970. */
  startedAt: number;
  version: string;
  dataDir: string;
  api: DaemonApi;
}

/** The daemon's data folder that a command is about. */
export async function dataDirOf(io: Io, { dataDir }: DataDirFlag): Promise<string> {
  const { dataDirectory } = await import("@pier/server/whereabouts");
  return dataDirectory(io.env, io.platform, dataDir);
}

/** The daemon that runs with a data folder; null when none does. @throws CliError when its token cannot be read */
export async function findLocalDaemon(io: Io, flags: DataDirFlag): Promise<LocalDaemon | null> {
  const { readDaemonFile, localTokenPath, isLocked } = await import("@pier/server/whereabouts");
  const dataDir = await dataDirOf(io, flags);
  const file = readDaemonFile(dataDir);
  // After a crash the pid may be another program's by now: that one does not hold the folder.
  if (!file || !isAlive(file.pid) || !isLocked(dataDir)) return null;
  const url = reachable(file.url);
  const token = readToken(localTokenPath(dataDir), io);
  return { ...file, url, token, dataDir, api: new DaemonApi({ ...file, url, token }) };
}

/** @throws CliError when no daemon runs */
export async function localDaemon(io: Io, flags: DataDirFlag): Promise<LocalDaemon> {
  const found = await findLocalDaemon(io, flags);
  if (found) return found;
  const usual = await dataDirOf(io, {});
  const dataDir = await dataDirOf(io, flags);
  const which = dataDir === usual ? "" : ` for ${homePath(dataDir, io.env)}`;
  throw new CliError(`No daemon runs${which}: start one with \`pier serve\`.`);
}

function readToken(path: string, io: Io): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new CliError(
      `The daemon's token in ${homePath(path, io.env)} cannot be read (${(cause as NodeJS.ErrnoException).code}): run this as the same user as the daemon.`,
      { cause },
    );
  }
}

/** A daemon that listens on every address is reached by loopback. */
function reachable(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}
