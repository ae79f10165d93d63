import { once } from "node:events";
import { limits, type Payload } from "@pier/protocol";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { TestDaemon } from "./test-daemon.ts";
import { waitFor } from "./wait-for.ts";

export type Frame = Payload & { session?: string };

/** A client that says what it is told to, and keeps what it hears. */
export interface RawClient {
  readonly socket: WebSocket;
  readonly frames: Frame[];
  /** The close code, once it is closed. */
  readonly closed: number | undefined;
  send(frame: object | string): void;
  /** Waits for a frame that fits. */
  frame(what: string, fits: (frame: Frame) => boolean): Promise<Frame>;
  /** Waits until the daemon closed the connection; resolves to the close code. */
  end(): Promise<number>;
}

/** Opens a socket and says nothing yet. */
export async function openRaw(
  daemon: Pick<TestDaemon, "url">,
  path = "/ws",
  headers: Record<string, string> = {},
): Promise<RawClient> {
  const socket = new WebSocket(`${daemon.url.replace("http", "ws")}${path}`, {
    headers,
    perMessageDeflate: false,
    maxPayload: limits.frame * 8,
  });
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  const listeners = new Set<() => void>();
  const subscribe = (check: () => void): (() => void) => {
    listeners.add(check);
    return () => listeners.delete(check);
  };
  let closed: number | undefined;
  const changed = (): void => listeners.forEach((check) => check());
  socket.on("error", () => {});
  socket.on("message", (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as Frame);
    changed();
  });
  socket.on("close", (code) => {
    closed = code;
    changed();
  });
  await once(socket, "open");
  const describe = (): unknown => ({ closed, frames: frames.map((frame) => JSON.stringify(frame).slice(0, 200)) });
  return {
    socket,
    frames,
    get closed() {
      return closed;
    },
    send: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    frame: (what, fits) => waitFor(() => frames.find(fits), { what, subscribe, describe }),
    end: () => waitFor(() => closed, { what: "the end of the connection", subscribe, describe }),
  };
}

/** The same after an accepted `hello`. */
export async function welcomedRaw(daemon: Pick<TestDaemon, "url" | "token">, clientId: string): Promise<RawClient> {
  const client = await openRaw(daemon);
  client.send({ type: "hello", protocolVersion: 2, clientId, auth: { token: daemon.token } });
  await client.frame("welcome", ({ type }) => type === "welcome");
  return client;
}
