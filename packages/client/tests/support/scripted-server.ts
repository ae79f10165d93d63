import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { ClientFrame, ServerFrame } from "@pier/protocol";
import { type WebSocket, WebSocketServer } from "ws";
import { welcome } from "./frames.ts";
import { Inbox } from "./inbox.ts";

/** A daemon on loopback that says only what a test tells it to. */
export class ScriptedServer {
  readonly peers = new Inbox<Peer>();
  /** The most sockets that were open at one time. */
  mostOpen = 0;
  readonly url: string;
  readonly #server: WebSocketServer;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    server.on("connection", (socket, request) => {
      this.mostOpen = Math.max(this.mostOpen, server.clients.size);
      this.peers.push(new Peer(socket, request));
    });
  }

  static async start(): Promise<ScriptedServer> {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    const { promise, resolve } = Promise.withResolvers<void>();
    server.on("listening", resolve);
    await promise;
    return new ScriptedServer(server);
  }

  /** The next connection, after its hello was answered. */
  async welcomed(): Promise<Peer> {
    const peer = await this.peers.next();
    await peer.next("hello");
    peer.send(welcome());
    return peer;
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }
}

/** One connection as the daemon sees it. */
export class Peer {
  readonly path: string;
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #frames = new Inbox<ClientFrame>();

  constructor(socket: WebSocket, request: IncomingMessage) {
    this.#socket = socket;
    this.path = request.url ?? "";
    socket.on("message", (data: Buffer) => this.#frames.push(JSON.parse(data.toString()) as ClientFrame));
    const { promise, resolve } = Promise.withResolvers<number>();
    socket.on("close", (code) => resolve(code));
    this.closed = promise;
  }

  /** The next frame, which must be of this type. */
  async next<T extends ClientFrame["type"]>(type: T): Promise<Extract<ClientFrame, { type: T }>> {
    const frame = await this.#frames.next();
    if (frame.type !== type) throw new Error(`Expected ${type}, got ${JSON.stringify(frame)}`);
    return frame as Extract<ClientFrame, { type: T }>;
  }

  /** Answers a ping: what was sent before it has arrived at the other side when the pong has. */
  async pong(): Promise<void> {
    await this.next("ping");
    this.send({ type: "pong" });
  }

  get unread(): readonly ClientFrame[] {
    return this.#frames.waiting;
  }

  send(...frames: (ServerFrame | Record<string, unknown>)[]): void {
    for (const frame of frames) this.#socket.send(JSON.stringify(frame));
  }

  sendRaw(data: string | Uint8Array): void {
    this.#socket.send(data);
  }

  close(code: number, reason = ""): void {
    this.#socket.close(code, reason);
  }

  /** Ends the socket without a word. */
  cut(): void {
    this.#socket.terminate();
  }
}
