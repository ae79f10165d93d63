import type { IncomingHttpHeaders } from "node:http";
import { plainAddress } from "./addresses.ts";

/** Who asks, and under which name and scheme, as far as it can be believed. */
export interface Forwarded {
  address: string;
  host: string | undefined;
  tls: boolean;
}

interface Peer {
  headers: IncomingHttpHeaders;
  remoteAddress: string | undefined;
  /** Whether this very connection is TLS. */
  tls: boolean;
}

/** Reads `X-Forwarded-For`, `-Proto` and `-Host`, but only from a proxy that was configured; from others they are claims. */
export function forwarded({ headers, remoteAddress, tls }: Peer, isProxy: (address: string) => boolean): Forwarded {
  const peer = plainAddress(remoteAddress);
  if (!isProxy(peer)) return { address: peer, host: headers.host, tls };
  const proto = last(headers["x-forwarded-proto"]);
  return {
    address: clientAddress(headers["x-forwarded-for"], peer, isProxy),
    host: last(headers["x-forwarded-host"]) ?? headers.host,
    tls: proto === undefined ? tls : proto.toLowerCase() === "https",
  };
}

/** The last address that is not a proxy of ours: what stands before it was written by the client. */
function clientAddress(
  header: string | string[] | undefined,
  peer: string,
  isProxy: (address: string) => boolean,
): string {
  const chain = list(header).map(plainAddress);
  return chain.findLast((address) => !isProxy(address)) ?? chain[0] ?? peer;
}

function last(header: string | string[] | undefined): string | undefined {
  return list(header).at(-1);
}

function list(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
