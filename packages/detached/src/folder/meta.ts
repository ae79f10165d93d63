import type { Json } from "../json.ts";

/** What meta.json says. The environment is not in it: it holds secrets. */
export interface Meta {
  readonly version: 1;
  /** null from before the start until the pid is known; see `findHolder`. */
  readonly pid: number | null;
  /** Tells this process from a later one with the same pid, also across reboots. */
  readonly startTime: string | null;
  /** The caller's name for this life of the journal. */
  readonly epoch: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly extra: Json;
}

/** Reads unknown text as meta; a string says what is wrong with it. */
export function parseMeta(text: string): Meta | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is not JSON";
  }
  if (!isRecord(value)) return "it is not an object";
  const { version, pid, startTime, epoch, command, args, cwd, createdAt, extra } = value;
  if (version !== 1) return `version is ${JSON.stringify(version)}, should be 1`;
  if (!isPid(pid)) return `pid is ${JSON.stringify(pid)}, should be an integer above 1 or null`;
  if (startTime !== null && typeof startTime !== "string") return "startTime is not a string";
  if ((pid === null) !== (startTime === null)) return "pid and startTime must be known together";
  if (typeof epoch !== "string") return "epoch is not a string";
  if (typeof command !== "string") return "command is not a string";
  if (!Array.isArray(args) || !args.every((arg) => typeof arg === "string")) return "args is not a list of strings";
  if (typeof cwd !== "string") return "cwd is not a string";
  if (typeof createdAt !== "string") return "createdAt is not a string";
  // JSON.parse made it, so it is JSON.
  const carried = (extra ?? null) as Json;
  return { version, pid, startTime, epoch, command, args, cwd, createdAt, extra: carried };
}

/** Never 0 or 1: signalling those reaches our own group, or everybody. */
function isPid(value: unknown): value is number | null {
  return value === null || (Number.isSafeInteger(value) && Number(value) > 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
