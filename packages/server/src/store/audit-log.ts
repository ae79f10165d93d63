import { closeSync, constants, existsSync, fstatSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import Type from "typebox";
import { Check } from "typebox/value";
import { storeLimits } from "../limits.ts";
import { openPrivateFile } from "./private-file.ts";
import { makePrivateFolder } from "./private-folder.ts";
import { toStorageError } from "./storage-error.ts";

/** Who did what from where. It never holds a token, a code or what was said. */
export const AuditEntry = Type.Object({
  device: Type.Union([Type.String(), Type.Null()], { description: "the device's id; null for somebody without one" }),
  deviceName: Type.Optional(Type.String()),
  address: Type.String(),
  action: Type.String(),
  target: Type.Optional(Type.String({ description: "what it was done to: an id" })),
  outcome: Type.String({ description: "ok, or the code of the error" }),
});
export type AuditEntry = Type.Static<typeof AuditEntry>;

/** An entry as it stands in the file, with its time in ISO 8601. */
export const AuditRecord = Type.Object({ at: Type.String(), ...AuditEntry.properties });
export type AuditRecord = Type.Static<typeof AuditRecord>;

export interface AuditLog {
  /** Never throws: a full disk must not keep anybody from stopping a session. The failure goes to `onError`. */
  append(entry: AuditEntry): void;
  /** The newest `count` entries of the current and the last full file, newest first. */
  read(count: number): AuditRecord[];
  close(): void;
}

interface AuditOptions {
  now?: () => number;
  onError?: (error: Error) => void;
  fileSize?: number;
}

/**
 * Opens `audit.jsonl` in the data folder for appending. A full file becomes `audit.1.jsonl`, the one before it
 * `audit.2.jsonl`, and so on; the oldest is dropped.
 *
 * @throws PierError `STORAGE`
 */
export function openAuditLog(dataDir: string, options: AuditOptions = {}): AuditLog {
  const { now = Date.now, onError = () => {}, fileSize = storeLimits.auditFile } = options;
  const nameOf = (index: number) => join(dataDir, index === 0 ? "audit.jsonl" : `audit.${index}.jsonl`);
  makePrivateFolder(dataDir);
  let file: number | undefined = open(nameOf(0));
  let size = fstatSync(file).size;
  let isTorn = size > 0;

  function rotate(): void {
    if (file !== undefined) closeSync(file);
    file = undefined;
    rmSync(nameOf(storeLimits.auditFiles), { force: true });
    for (let index = storeLimits.auditFiles - 1; index >= 0; index--) {
      if (existsSync(nameOf(index))) renameSync(nameOf(index), nameOf(index + 1));
    }
    file = open(nameOf(0));
    size = 0;
  }

  return {
    append(entry) {
      try {
        const line = toLine(new Date(now()).toISOString(), entry);
        if (size + line.length > fileSize && size > 0) rotate();
        file ??= open(nameOf(0));
        // A line that a full disk has torn must not spoil the one after it.
        const written = writeSync(file, isTorn ? `\n${line}` : line);
        isTorn = written < Buffer.byteLength(line);
        size += written;
      } catch (error) {
        isTorn = true;
        onError(toStorageError(error, nameOf(0)));
      }
    },
    read(count) {
      const entries = [...parse(nameOf(1)), ...parse(nameOf(0))];
      return entries.slice(-count).toReversed();
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function open(path: string): number {
  try {
    return openPrivateFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND);
  } catch (error) {
    throw toStorageError(error, path);
  }
}

function toLine(at: string, entry: AuditEntry): string {
  const line = `${JSON.stringify({ at, ...entry })}\n`;
  if (line.length <= storeLimits.auditEntry) return line;
  const { device, address, action, outcome } = entry;
  return `${JSON.stringify({ at, device, address: address.slice(0, 100), action: action.slice(0, 100), outcome })}\n`;
}

function parse(path: string): AuditRecord[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        const value: unknown = JSON.parse(line);
        return Check(AuditRecord, value) ? [value] : [];
      } catch {
        return [];
      }
    });
}
