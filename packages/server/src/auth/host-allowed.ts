import { isIP } from "node:net";
import { PierError } from "@pier/protocol";
import { plainAddress } from "./addresses.ts";

/** Under which names the daemon may be asked for. */
export interface Names {
  /** What it binds. */
  host: string;
  port: number;
  /** `--allow-host`: public names, with a port or without. */
  allowHosts: readonly string[];
}

/**
 * Whether a Host header names this daemon exactly. That stops DNS rebinding: a page of `evil.example` whose name
 * suddenly points here still sends its own name.
 */
export function hostAllowed(host: string | undefined, tls: boolean, names: Names): boolean {
  const asked = host === undefined ? null : parseHost(host);
  if (!asked) return false;
  const port = asked.port ?? (tls ? 443 : 80);
  if (isOwnName(asked.name, names.host) && port === names.port) return true;
  return names.allowHosts.some((allowed) => {
    const entry = parseHost(allowed);
    if (entry?.name !== asked.name) return false;
    // Without a port a public name means the usual one of its scheme, in front of a proxy, and our own.
    return entry.port === undefined ? port === (tls ? 443 : 80) || port === names.port : port === entry.port;
  });
}

/** @throws PierError `BAD_REQUEST` when an `--allow-host` is no exact name */
export function checkAllowHosts(allowHosts: readonly string[]): void {
  for (const entry of allowHosts) {
    if (parseHost(entry)) continue;
    throw new PierError(
      "BAD_REQUEST",
      `--allow-host "${entry}" is no host name: give it exactly, as pier.example.com or pier.example.com:8443; patterns are not known.`,
    );
  }
}

/** Names this machine may always be asked by; never an address it is bound to through a wildcard. */
function isOwnName(name: string, bound: string): boolean {
  if (name === "localhost" || name === "127.0.0.1" || name === "[::1]") return true;
  const plain = plainAddress(bound);
  if (plain === "0.0.0.0" || plain === "::" || plain === "") return false;
  return name === (isIP(plain) === 6 ? `[${plain}]` : plain);
}

/** `name`, `name:port`, `[v6]` or `[v6]:port`, in lower case; null for anything else. */
function parseHost(text: string): { name: string; port: number | undefined } | null {
  const found = /^([a-z0-9](?:[a-z0-9._-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::([1-9][0-9]{0,4}))?$/.exec(
    text.toLowerCase(),
  );
  if (!found?.[1]) return null;
  const port = found[2] === undefined ? undefined : Number(found[2]);
  return port === undefined || (port > 0 && port < 65_536) ? { name: found[1], port } : null;
}
