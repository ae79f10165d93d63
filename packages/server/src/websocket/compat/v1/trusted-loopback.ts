import { isLoopback } from "../../../auth/index.ts";
import type { Door } from "../../dialect.ts";

/** What browsers and proxies add, and the programs of this machine do not. */
const foreign = /^(?:origin|cookie|sec-|x-forwarded|x-real-ip|forwarded|via)/;
/** The one header of that form that every WebSocket client sends. */
const webSocket = /^sec-websocket-/;

/**
 * Whether a connection surely comes from a program of this machine: a loopback peer that asks for a loopback name,
 * neither a page in a browser (those send `Origin`, and say a name of their own after DNS rebinding) nor a proxy that
 * speaks for somebody else.
 */
export function isTrustedLoopback({ headers, remoteAddress }: Pick<Door, "headers" | "remoteAddress">): boolean {
  if (remoteAddress === undefined || !isLoopback(remoteAddress)) return false;
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(headers.host ?? "")?.[1];
  if (name === undefined || !isLoopback(name)) return false;
  return !Object.keys(headers).some((header) => foreign.test(header) && !webSocket.test(header));
}
