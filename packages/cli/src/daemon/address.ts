import { restAddress } from "@pier/client";

/** Whether a word is the address of a daemon rather than a session. */
export function isAddress(word: string): boolean {
  return /^(?:wss?|https?):\/\//i.test(word);
}

/** An address as people write it: `host:port/prefix` by which tokens are kept. */
export function hostKey(url: string): string {
  const { host, pathname, protocol } = new URL(restAddress(url));
  const port = /:\d+$/.test(host) ? "" : protocol === "https:" ? ":443" : ":80";
  return `${host}${port}${pathname.replace(/\/$/, "")}`;
}

/** The secret in the fragment of a pairing link; undefined when the address holds none. */
export function pairingSecret(url: string): string | undefined {
  return /#(?:.*&)?pair=([^&]+)/.exec(url)?.[1];
}

/** Whether an address leads to this machine. */
export function isLocal(url: string): boolean {
  const { hostname } = new URL(restAddress(url));
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Whether two addresses lead to the same daemon of this machine. */
export function isSameLocal(a: string, b: string): boolean {
  return isLocal(a) && isLocal(b) && hostKey(withoutHost(a)) === hostKey(withoutHost(b));
}

/** Loopback has several names. */
function withoutHost(url: string): string {
  const address = new URL(restAddress(url));
  address.hostname = "localhost";
  return address.href;
}
