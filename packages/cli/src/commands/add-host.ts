import { text as readAll } from "node:stream/consumers";
import { ClientError } from "@pier/client";
import { neutraliseLine } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import type { Access } from "../daemon/access.ts";
import { hostKey, isAddress, isLocal, pairingSecret } from "../daemon/address.ts";
import { DaemonApi } from "../daemon/daemon-api.ts";
import { checkHostName, defaultHostName } from "../daemon/host-name.ts";
import { type SavedHost, savedHosts, saveHost } from "../daemon/hosts-file.ts";
import { askForCode, baseUrl, mustAnswer, pairWith, readTokenFile } from "../daemon/remote-daemon.ts";
import { trustCertificate } from "../daemon/trust-certificate.ts";
import { type Io, isInteractive, print } from "../io.ts";
import { limits } from "../limits.ts";

export interface AddHostFlags {
  tokenFile?: string;
  fingerprint?: string;
}

/** `pier hosts add [name] <url>` */
export async function addHost(io: Io, words: readonly string[], flags: AddHostFlags): Promise<void> {
  const target = words.at(-1) ?? "";
  const given = words.length > 1 ? words[0] : undefined;
  if (!isAddress(target))
    throw new CliError(
      `"${target}" is no address of a daemon: give one like https://pier.example or wss://host/prefix.`,
    );
  const url = baseUrl(target);
  const hosts = savedHosts(io);
  const name = given === undefined ? nameOf(url, hosts) : freeName(checkHostName(given), url, hosts);
  const access = await trustCertificate(io, url, flags.fingerprint);
  if (url.startsWith("http:") && !isLocal(url))
    io.stderr.write("Note: http:// is not encrypted; that is fine inside a VPN or a tunnel, and nowhere else.\n");
  const { device, scope } =
    flags.tokenFile === undefined
      ? await pairAs(io, access, name, pairingSecret(target))
      : await takeToken(io, access, name, readTokenFile(flags.tokenFile));
  const as = `"${neutraliseLine(device ?? "")}" with the scope ${neutraliseLine(scope ?? "")}`;
  print(io, `Added ${name} (${url}), paired as ${as}. \`pier attach ${name}\` joins a session there.`);
}

/** The name it has, or one made of its address. */
function nameOf(url: string, hosts: readonly SavedHost[]): string {
  return hosts.find(({ key }) => key === hostKey(url))?.name ?? defaultHostName(url, hosts);
}

/** @throws CliError when another host has that name */
function freeName(name: string, url: string, hosts: readonly SavedHost[]): string {
  const other = hosts.find((host) => host.name === name && host.key !== hostKey(url));
  if (!other) return name;
  throw new CliError(
    `"${name}" is ${neutraliseLine(other.url ?? other.key)} already: choose another name, or \`pier hosts rm ${name}\` first.`,
  );
}

async function pairAs(io: Io, access: Access, name: string, secret: string | undefined): Promise<Partial<SavedHost>> {
  if (secret === undefined) await mustAnswer(access);
  const code = secret ?? (isInteractive(io) ? await askForCode(io, access.url) : await pipedCode(io));
  await pairWith(io, access, code, name);
  return savedHosts(io).find(({ key }) => key === hostKey(access.url)) ?? {};
}

/** A program may pipe the code in. */
async function pipedCode(io: Io): Promise<string> {
  const given = (await readAll(io.stdin)).trim();
  if (given !== "" && given.length <= limits.secret && !/\s/.test(given)) return pairingSecret(given) ?? given;
  throw new CliError("No code was given: pipe it in, give the pairing link as the address, or use --token-file.");
}

async function takeToken(io: Io, access: Access, name: string, token: string): Promise<Partial<SavedHost>> {
  try {
    const { device } = await new DaemonApi({ ...access, token }, limits.probe).me();
    const { url, fingerprint } = access;
    saveHost(io, hostKey(url), { name, url, token, device: device.name, scope: device.scope, fingerprint });
    return { device: device.name, scope: device.scope };
  } catch (error) {
    if (error instanceof ClientError && error.code === "UNAUTHENTICATED")
      throw new CliError(
        `${hostKey(access.url)} does not accept the token in --token-file: pair anew with \`pier pair\` there.`,
        {
          cause: error,
        },
      );
    // Whether it is a daemon at all is said better where no token is in play.
    await mustAnswer(access);
    throw error;
  }
}
