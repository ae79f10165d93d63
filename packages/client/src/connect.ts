import type { Hello } from "@pier/protocol";
import { socketAddress } from "./connection/address.ts";
import { PierConnection } from "./connection/connection.ts";
import type { WebSocketConstructor } from "./connection/web-socket.ts";
import { randomId } from "./random-id.ts";
import { systemTimers, type Timers } from "./timers.ts";

export interface ConnectOptions {
  /** The daemon's base address, `ws`, `wss`, `http` or `https`, with its path prefix if it has one. */
  url: string | URL;
  /** Shown in `hello`, never in the URL. Browsers have a cookie instead. */
  token?: string;
  /** The same over page loads where it is kept; chosen anew otherwise. */
  clientId?: string;
  /** What this program is called where people see who is attached. */
  client?: { name: string; version: string };
  /** ms within which the daemon joins neighbouring deltas. */
  coalesce?: number;
  /** The global one by default. */
  WebSocket?: WebSocketConstructor;
  random?: () => number;
  timers?: Timers;
  /** Closes the connection. */
  signal?: AbortSignal;
}

/**
 * Connects to a daemon and keeps connecting until closed. Returns at once.
 *
 * @throws ClientError `BAD_ADDRESS`
 */
export function connect(options: ConnectOptions): PierConnection {
  const { url, token, client, coalesce, random = Math.random, timers = systemTimers, signal } = options;
  const hello: Hello = {
    type: "hello",
    protocolVersion: 2,
    clientId: options.clientId ?? randomId(random),
    ...(client && { client }),
    ...(token !== undefined && { auth: { token } }),
    ...(coalesce !== undefined && { coalesce }),
  };
  const WebSocket = options.WebSocket ?? globalThis.WebSocket;
  return new PierConnection({ address: socketAddress(url), hello, WebSocket, random, timers, signal });
}
