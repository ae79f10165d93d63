import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { ClientError, restAddress } from "@pier/client";
import { ask } from "../attach/input/ask.ts";
import { CliError } from "../cli-error.ts";
import { type Io, isInteractive, print } from "../io.ts";
import { limits } from "../limits.ts";
import { unreachable } from "../transport/unreachable.ts";
import type { Access } from "./access.ts";
import { hostKey, isLocal, isSameLocal, pairingSecret } from "./address.ts";
import { DaemonApi } from "./daemon-api.ts";
import { type Daemon, remote } from "./daemon.ts";
import type { DaemonFlags } from "./find-daemon.ts";
import { defaultHostName } from "./host-name.ts";
import { savedHost, savedHosts, saveHost } from "./hosts-file.ts";
import { findLocalDaemon } from "./local-daemon.ts";
import { stranger } from "./refusal.ts";

/**
 * The daemon at an address, with a token for it: from `--token-file`, of this machine's own daemon, saved before, or by
 * pairing now.
 *
 * @throws CliError in one sentence
 */
export async function remoteDaemon(io: Io, target: string, flags: DaemonFlags): Promise<Daemon> {
  const url = baseUrl(target);
  const key = hostKey(url);
  const saved = savedHost(io, key);
  if (saved?.url?.startsWith("https:") && url.startsWith("http:"))
    throw new CliError(`${key} is saved with https://: without encryption its token would be readable on the way.`);
  const access: Access = { url, ...(saved?.fingerprint !== undefined && { fingerprint: saved.fingerprint }) };
  if (flags.tokenFile !== undefined)
    return remote({ ...access, token: readTokenFile(flags.tokenFile) }, "file", saved?.name ?? url);
  const secret = pairingSecret(target);
  if (secret !== undefined) return pairWith(io, access, secret);
  const local = isLocal(url) ? await findLocalDaemon(io, flags) : null;
  if (local && isSameLocal(local.url, url)) {
    const { token, fingerprint } = local;
    return remote({ url, token, ...(fingerprint !== undefined && { fingerprint }) }, "local", url);
  }
  if (saved?.token !== undefined) {
    const { token, name = defaultHostName(url, savedHosts(io)) } = saved;
    // Versions before kept the token only.
    if (saved.url !== url || saved.name !== name) saveHost(io, key, { url, name });
    return remote({ ...access, token }, "saved", name);
  }
  return askToPair(io, access);
}

/** The daemon of a saved host. @throws CliError when there is no such host, or no way in */
export async function hostByName(io: Io, name: string, flags: DaemonFlags): Promise<Daemon> {
  const host = savedHosts(io).find((saved) => saved.name === name);
  if (host?.url !== undefined) return remoteDaemon(io, host.url, flags);
  throw new CliError(
    `There is no host "${name}": \`pier hosts ls\` lists those there are, \`pier hosts add\` adds one.`,
  );
}

/** Remembers that a saved host was used just now. Keeping this is worth no failure. */
export function noteHostUse(io: Io, url: string): void {
  try {
    saveHost(io, hostKey(url), { last_used_at: new Date().toISOString() });
  } catch {
    // The next command that must write it says what is wrong.
  }
}

async function askToPair(io: Io, access: Access): Promise<Daemon> {
  // Whether somebody is there at all is worth knowing before a code is asked for.
  await mustAnswer(access);
  const key = hostKey(access.url);
  if (!isInteractive(io))
    throw new CliError(`There is no token for ${key}: \`pier hosts add ${access.url}\` pairs, or give --token-file.`);
  return pairWith(io, access, await askForCode(io, access.url));
}

/** Asks a person for what `pier pair` shows. @throws CliError when nothing is given */
export async function askForCode(io: Io, url: string): Promise<string> {
  print(io, `This machine is not paired with ${hostKey(url)} yet. \`pier pair\` there shows a code and a link.`);
  const answer = await ask(io, "Code or link: ");
  if (!answer) throw new CliError("Nothing was paired.");
  return pairingSecret(answer) ?? answer;
}

/** Looks whether a daemon is there, without a token. @throws CliError when not */
export async function mustAnswer(access: Access): Promise<void> {
  try {
    await new DaemonApi(access, limits.probe).me();
  } catch (error) {
    if (error instanceof ClientError && error.code === "UNAUTHENTICATED") return;
    throw await notThere(access, error);
  }
  // A daemon of Pier would have wanted to know who asks.
  throw await stranger(access, undefined);
}

/** Takes a code, or the secret of a link, for a token, and keeps it. @throws CliError */
export async function pairWith(io: Io, access: Access, code: string, name?: string): Promise<Daemon> {
  const { url, fingerprint } = access;
  try {
    const api = new DaemonApi(access);
    const { token, device } = await api.exchangePairing(code, `pier on ${hostname()}`.slice(0, 100));
    const hosts = savedHosts(io);
    const known = hosts.find(({ key }) => key === hostKey(url));
    const host = name ?? known?.name ?? defaultHostName(url, hosts);
    saveHost(io, hostKey(url), { name: host, url, token, device: device.name, scope: device.scope, fingerprint });
    return remote({ ...access, token }, "paired", host);
  } catch (error) {
    if (error instanceof ClientError && error.code === "UNAUTHENTICATED")
      throw new CliError(error.message, { cause: error });
    throw error instanceof CliError ? error : await notThere(access, error);
  }
}

/** What to say when no daemon of Pier answered as one. */
async function notThere(access: Access, error: unknown): Promise<Error> {
  const code = error instanceof ClientError ? error.code : undefined;
  if (code === "CONNECTION_LOST") return unreachable(access.url, error);
  if (code === "NOT_FOUND" || code === "INTERNAL" || !(error instanceof ClientError)) return stranger(access, error);
  return new CliError(error.message, { cause: error });
}

/** @throws CliError when a file holds no token */
export function readTokenFile(path: string): string {
  try {
    const token = readFileSync(path, "utf8").trim();
    if (token === "" || /\s/.test(token)) throw new CliError(`${path} holds no token: it should hold that one word.`);
    return token;
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError(`The token file ${path} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
}

/** The address without fragment, as http. */
export function baseUrl(target: string): string {
  return restAddress(target).replace(/\/$/, "");
}
