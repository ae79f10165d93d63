import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Type from "typebox";
import { Check } from "typebox/value";
import { writePrivateFile } from "./private-file.ts";
import { toStorageError } from "./storage-error.ts";

/** How programs on this machine find the daemon of a data folder. */
export const DaemonFile = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  url: Type.String({ minLength: 1 }),
  /** ms since 1970. */
  startedAt: Type.Integer(),
  version: Type.String(),
  /** SHA-256 of the certificate that it shows, when it speaks TLS: programs on this machine need trust no other. */
  fingerprint: Type.Optional(Type.String()),
});
export type DaemonFile = Type.Static<typeof DaemonFile>;

/** Written when the daemon listens. */
export function writeDaemonFile(dataDir: string, file: DaemonFile): void {
  writePrivateFile(daemonFilePath(dataDir), `${JSON.stringify(file)}\n`);
}

/** What the daemon wrote; null when it did not, or when the file makes no sense. It may have ended since: try its url. */
export function readDaemonFile(dataDir: string): DaemonFile | null {
  try {
    const value: unknown = JSON.parse(readFileSync(daemonFilePath(dataDir), "utf8"));
    return Check(DaemonFile, value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw toStorageError(error, daemonFilePath(dataDir));
  }
}

export function removeDaemonFile(dataDir: string): void {
  rmSync(daemonFilePath(dataDir), { force: true });
}

function daemonFilePath(dataDir: string): string {
  return join(dataDir, "daemon.json");
}
