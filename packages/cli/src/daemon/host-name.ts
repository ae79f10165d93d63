import { CliError } from "../cli-error.ts";
import { limits } from "../limits.ts";
import { hostKey } from "./address.ts";
import type { SavedHost } from "./hosts-file.ts";

/** What `--host` and `PIER_HOST` call this machine's own daemon. */
export const ownMachine = "local";

/** @throws CliError when a word cannot be a saved host's name, with what would be right */
export function checkHostName(name: string): string {
  if (name === ownMachine) throw new CliError(`"${ownMachine}" is this machine's own daemon: choose another name.`);
  if (!/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name) || name.length > limits.hostName) {
    throw new CliError(
      `"${name}" is no name for a host: use up to ${limits.hostName} letters, digits, dots and dashes, such as desk or pier.example.`,
    );
  }
  if (looksLikeId(name)) {
    throw new CliError(`"${name}" could be the beginning of a session's id: choose a name with other letters in it.`);
  }
  return name;
}

/** A name for an address that no other host has: its own where it can be. */
export function defaultHostName(url: string, hosts: readonly SavedHost[]): string {
  const key = hostKey(url);
  const { hostname, port, pathname } = new URL(url);
  const parts = [hostname, port, ...pathname.split("/")].filter(Boolean).join("-");
  const plain = trimmed(parts.replaceAll(/[^a-z0-9._-]+/gi, ""));
  // Room for what tells it from others.
  const short = trimmed(plain.slice(0, limits.hostName - 10));
  const name = looksLikeId(short) || short === ownMachine ? `host-${short}` : short;
  const taken = new Set(hosts.filter((host) => host.key !== key).map((host) => host.name));
  for (let at = 1; ; at++) {
    const candidate = at === 1 ? name : `${name}-${at}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function trimmed(name: string): string {
  return name.replaceAll(/^[._-]+|[._-]+$/g, "");
}

/** Whether a word could name a session by the beginning of its id. */
function looksLikeId(word: string): boolean {
  return /^[0-9a-f-]*$/i.test(word);
}
