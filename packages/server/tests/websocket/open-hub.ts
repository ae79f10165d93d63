import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PierError, type Scope } from "@pier/protocol";
import WebSocket, { type ClientOptions } from "ws";
import { type Auth, createAuth } from "../../src/auth/index.ts";
import { socketAuth } from "../../src/socket-auth.ts";
import { openStore } from "../../src/store/index.ts";
import { Hub } from "../../src/websocket/hub.ts";

/** A hub with the real doors and no sessions, on a port of its own. */
export interface OpenHub extends AsyncDisposable {
  port: number;
  auth: Auth;
  /** A device's token. */
  token(scope: Scope): { token: string; id: string };
  dial(options?: ClientOptions & { path?: string }): Dialled;
}

/** A raw client that remembers what came. */
export interface Dialled {
  socket: WebSocket;
  frames: { type: string; [member: string]: unknown }[];
  /** The status of a refused upgrade, or the close code. */
  ended: Promise<{ status?: number; code?: number }>;
  opened: Promise<void>;
  /** The first frame of a type. */
  frame(type: string): Promise<{ type: string; [member: string]: unknown }>;
  send(frame: unknown): void;
}

export async function openHub(): Promise<OpenHub> {
  const dataDir = mkdtempSync(join(tmpdir(), "pier-hub-"));
  const store = openStore(dataDir);
  const config = { host: "127.0.0.1", port: 0, tls: false, basePath: "", allowHosts: [], proxies: [] };
  const auth = createAuth({ dataDir, devices: store.devices, config });
  const hub = new Hub({
    auth: socketAuth(auth),
    session: (id) => {
      throw new PierError("SESSION_NOT_FOUND", `There is no session ${id}.`);
    },
    list: () => [],
    find: () => undefined,
    welcome: () => ({ serverId: "s", serverVersion: "0", pi: { demo: false } }),
    onWatchersChanged: () => {},
    dialects: new Map(),
  });
  const server = createServer();
  server.on("upgrade", (request: IncomingMessage, socket, head) => hub.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  auth.listensOn(port);
  return {
    port,
    auth,
    token(scope) {
      const { secret } = auth.pairing.mint({ scope });
      const { token, device } = auth.pairing.exchange(secret, { address: "127.0.0.1", name: scope });
      return { token, id: device.id };
    },
    dial: (options = {}) => dial(port, options),
    async [Symbol.asyncDispose]() {
      await hub.close();
      await new Promise((resolve) => server.close(resolve));
      store.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

function dial(port: number, { path = "/ws", ...options }: ClientOptions & { path?: string }): Dialled {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
  const frames: Dialled["frames"] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data: Buffer) => {
    frames.push(JSON.parse(data.toString("utf8")) as Dialled["frames"][number]);
    for (const look of waiting) look();
  });
  socket.on("error", () => {});
  return {
    socket,
    frames,
    opened: new Promise((resolve) => socket.once("open", () => resolve())),
    ended: new Promise((resolve) => {
      socket.once("unexpected-response", (_request, response) => {
        resolve({ status: response.statusCode ?? 0 });
        socket.terminate();
      });
      socket.once("close", (code) => resolve({ code }));
    }),
    frame: (type) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = frames.find((frame) => frame.type === type);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    send: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
  };
}
