import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "./private-file.ts";
import { toStorageError } from "./storage-error.ts";

/** How programs on this machine find the daemon of a data folder. */
export interface DaemonFile {
  pid: number;
  url: string;
  /** ms since 1970. */
  startedAt: number;
  version: string;
  /** SHA-256 of the certificate that it shows, when it speaks TLS: programs on this machine need trust no other. */
  fingerprint?: string;
}

/** Written when the daemon listens. */
export function writeDaemonFile(dataDir: string, file: DaemonFile): void {
  writePrivateFile(daemonFilePath(dataDir), `${JSON.stringify(file)}\n`);
}

/** What the daemon wrote; null when it did not, or when the file makes no sense. It may have ended since: try its url. */
export function readDaemonFile(dataDir: string): DaemonFile | null {
  try {
    const value: unknown = JSON.parse(readFileSync(daemonFilePath(dataDir), "utf8"));
    return isDaemonFile(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw toStorageError(error, daemonFilePath(dataDir));
  }
}

export function removeDaemonFile(dataDir: string): void {
  rmSync(daemonFilePath(dataDir), { force: true });
}

/** By hand: every command reads this file, and a schema library would take longer to load than all the rest. */
function isDaemonFile(value: unknown): value is DaemonFile {
  if (typeof value !== "object" || value === null) return false;
  const { pid, url, startedAt, version, fingerprint } = value as Record<keyof DaemonFile, unknown>;
  return (
    Number.isInteger(pid) &&
    (pid as number) > 0 &&
    typeof url === "string" &&
    url !== "" &&
    Number.isInteger(startedAt) &&
    typeof version === "string" &&
    (fingerprint === undefined || typeof fingerprint === "string")
  );
}

function daemonFilePath(dataDir: string): string {
  return join(dataDir, "daemon.json");
}
