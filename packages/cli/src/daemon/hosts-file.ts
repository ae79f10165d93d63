import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";
import { withFolderLock } from "./folder-lock.ts";

export type World = Pick<Io, "env" | "platform">;

/** What is kept of a daemon elsewhere. The file holds it by `host:port/prefix`; versions before names kept the token only. */
export interface SavedHost {
  /** `host:port/prefix` */
  readonly key: string;
  /** By which commands know it. */
  name?: string;
  /** With its scheme: `https://pier.example/prefix`. */
  url?: string;
  token?: string;
  /** Under which name, and with which scope, it knows this machine. */
  device?: string;
  scope?: string;
  /** SHA-256 of the only certificate that it may show. */
  fingerprint?: string;
  /** ISO 8601 */
  last_used_at?: string;
}

type Members = Omit<SavedHost, "key">;

/** @throws CliError when the file makes no sense */
export function savedHosts(world: World): SavedHost[] {
  return Object.entries(readHosts(hostsFilePath(world))).map(([key, entry]) => ({ key, ...membersOf(entry) }));
}

/** The entry of an address; undefined when there is none. @throws CliError when the file makes no sense */
export function savedHost(world: World, key: string): SavedHost | undefined {
  return savedHosts(world).find((host) => host.key === key);
}

/** Changes an entry, or makes it; `undefined` takes a member away. The file is readable by its owner only. @throws CliError */
export function saveHost(world: World, key: string, members: { [M in keyof Members]: Members[M] | undefined }): void {
  change(world, (hosts) => {
    const before = hosts[key];
    const known = typeof before === "object" && before !== null ? before : {};
    const entry = Object.fromEntries(
      Object.entries({ ...known, ...members }).filter(([, value]) => value !== undefined),
    );
    return { ...hosts, [key]: entry };
  });
}

/** Takes an entry away, its token with it. @throws CliError */
export function removeHost(world: World, key: string): void {
  change(world, ({ [key]: _gone, ...rest }) => rest);
}

function hostsFilePath({ env, platform }: World): string {
  return join(configFolder(env, platform), "hosts.json");
}

function configFolder(env: Io["env"], platform: NodeJS.Platform): string {
  if (env.PIER_CONFIG_DIR) return env.PIER_CONFIG_DIR;
  const home = env.HOME || homedir();
  if (platform === "darwin") return join(home, "Library", "Application Support", "pier");
  if (platform === "win32") return join(env.APPDATA || join(home, "AppData", "Roaming"), "pier");
  const xdg = env.XDG_CONFIG_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, ".config"), "pier");
}

const memberNames = ["name", "url", "token", "device", "scope", "fingerprint", "last_used_at"] as const;

/** What of an entry makes sense. */
function membersOf(entry: unknown): Members {
  const given = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
  return Object.fromEntries(
    memberNames.map((name) => [name, given[name]]).filter(([, value]) => typeof value === "string" && value !== ""),
  ) as Members;
}

/** Entries as they stand in the file: what this version does not know is kept when another entry changes. */
function readHosts(path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw unreadable(path, (cause as Error).message, cause);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw unreadable(path, "it holds no object");
}

function unreadable(path: string, why: string, cause?: unknown): CliError {
  const reason = why.replaceAll(/\s+/g, " ");
  return new CliError(`${path} cannot be read (${reason}): correct it, or delete it and pair again.`, { cause });
}

/** Reads anew right before it writes, so that nothing is lost that another program wrote meanwhile. */
function change(world: World, edit: (hosts: Record<string, unknown>) => Record<string, unknown>): void {
  const path = hostsFilePath(world);
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    withFolderLock(`${path}.lock`, () => {
      const hosts = edit(readHosts(path));
      writeFileSync(temporary, `${JSON.stringify(hosts, null, 2)}\n`, { mode: 0o600 });
      // Whatever the umask took away or left.
      chmodSync(temporary, 0o600);
      renameSync(temporary, path);
    });
  } catch (cause) {
    rmSync(temporary, { force: true });
    if (cause instanceof CliError) throw cause;
    throw new CliError(`${path} cannot be written: ${(cause as Error).message}.`, { cause });
  }
}
