import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";

type World = Pick<Io, "env" | "platform">;

/** Where the command line keeps what it was given: tokens for daemons elsewhere. */
function hostsFilePath({ env, platform }: World): string {
  return join(configFolder(env, platform), "hosts.json");
}

/** The token saved for a daemon; undefined when there is none. @throws CliError when the file makes no sense */
export function savedToken(world: World, host: string): string | undefined {
  return readHosts(hostsFilePath(world))[host]?.token;
}

/** Keeps a token, readable by its owner only. @throws CliError */
export function saveToken(world: World, host: string, token: string): void {
  const path = hostsFilePath(world);
  write(path, { ...readHosts(path), [host]: { token } });
}

/** @throws CliError */
export function forgetToken(world: World, host: string): void {
  const path = hostsFilePath(world);
  const { [host]: gone, ...rest } = readHosts(path);
  if (gone) write(path, rest);
}

type Hosts = Record<string, { token: string }>;

function configFolder(env: Io["env"], platform: NodeJS.Platform): string {
  if (env.PIER_CONFIG_DIR) return env.PIER_CONFIG_DIR;
  const home = env.HOME || homedir();
  if (platform === "darwin") return join(home, "Library", "Application Support", "pier");
  if (platform === "win32") return join(env.APPDATA || join(home, "AppData", "Roaming"), "pier");
  const xdg = env.XDG_CONFIG_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, ".config"), "pier");
}

function readHosts(path: string): Hosts {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new CliError(
      `${path} cannot be read (${(cause as Error).message}): correct it, or delete it and pair again.`,
      { cause },
    );
  }
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, { token: string }] =>
        typeof (entry[1] as { token?: unknown } | null)?.token === "string",
    ),
  );
}

function write(path: string, hosts: Hosts): void {
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, `${JSON.stringify(hosts, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    // Whatever the umask took away or left.
    chmodSync(temporary, 0o600);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new CliError(`The token could not be kept in ${path}: ${(cause as Error).message}.`, { cause });
  }
}
