import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { limits, limitsOf, type SessionInfo, type Welcome } from "@pier/protocol";
import { type WebSocket, WebSocketServer } from "ws";
import type { Session } from "../session/session.ts";
import type { ByteBudget } from "./byte-budget.ts";
import { Connection, type ConnectionHost } from "./connection.ts";
import type { Dialect } from "./dialect.ts";
import { shakeHands } from "./handshake.ts";
import { deviceBudget, Intake } from "./intake.ts";
import { Peer } from "./peer.ts";
import { SessionsWatch } from "./sessions-watch.ts";
import type { SocketAuth, SocketDevice } from "./socket-auth.ts";

export interface HubOptions {
  auth: SocketAuth;
  /** @throws PierError `SESSION_NOT_FOUND` */
  session(id: string): Session;
  list(): SessionInfo[];
  /** What the list shows of one session; undefined when it is gone. */
  find(id: string): SessionInfo | undefined;
  /** What `welcome` says besides the device. */
  welcome(): Omit<Welcome, "type" | "protocolVersion" | "device" | "limits" | "features">;
  /** Somebody began or stopped to watch the list. */
  onWatchersChanged(): void;
  /** Other dialects of the first frame, by their protocol version. */
  dialects: ReadonlyMap<number, Dialect>;
  /** Who takes a socket by its address alone, without a `hello`; undefined for all addresses that begin with one. */
  byAddress?(url: string): ((peer: Peer, device: SocketDevice) => void) | undefined;
}

/** Takes WebSocket upgrades and keeps the connections. */
export class Hub implements ConnectionHost {
  readonly #options: HubOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.frame,
  });
  readonly #peers = new Map<Peer, SocketDevice | null>();
  readonly #connections = new Set<Connection>();
  readonly #budgets = new Map<string, ByteBudget>();
  readonly #watch: SessionsWatch;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #closing = false;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#watch = new SessionsWatch(
      () => options.list(),
      (id) => options.find(id),
    );
    this.#heartbeat = setInterval(() => this.#beat(), limits.heartbeat);
    this.#heartbeat.unref();
    this.#stopListening = options.auth.onRevoked((device) => this.#onRevoked(device));
  }

  /** Whether somebody watches the list of sessions. */
  get watched(): boolean {
    return this.#watch.size > 0;
  }

  /** Handles `upgrade` of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const verdict = this.#options.auth.checkUpgrade(request);
    if ("status" in verdict) return refuseUpgrade(socket, verdict.status, verdict.code, verdict.message);
    const reason = this.#overLimit(verdict.device, 1);
    if (reason) return refuseUpgrade(socket, 429, "TOO_MANY", reason);
    const start = this.#options.byAddress?.(request.url ?? "/");
    const { device } = verdict;
    if (start && !device)
      return refuseUpgrade(
        socket,
        401,
        "UNAUTHENTICATED",
        "Sign in first: send a cookie, or a token as a bearer token.",
      );
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      if (start && device) this.#acceptAt(start, new Peer(webSocket, verdict.address), device);
      else this.#accept(webSocket, request, verdict);
    });
  }

  session(id: string): Session {
    return this.#options.session(id);
  }

  watch(peer: Peer): void {
    this.#watch.add(peer);
    this.#options.onWatchersChanged();
  }

  unwatch(peer: Peer): void {
    this.#watch.remove(peer);
    this.#options.onWatchersChanged();
  }

  /** What the list shows of a session changed. */
  sessionChanged(id: string): void {
    this.#watch.changed(id);
  }

  /** Sessions of plain pi came, changed or went. */
  piSessionsChanged(): void {
    this.#watch.piSessionsChanged();
  }

  presenceChanged(session: Session): void {
    const clients = [...this.#connections]
      .filter((connection) => connection.isAttached(session.id))
      .map((connection) => ({ device: connection.device.name, client: connection.clientName }));
    session.tell(JSON.stringify({ type: "presence", session: session.id, clients }));
  }

  /** Closes every connection; a good client comes back. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#stopListening();
    clearInterval(this.#heartbeat);
    this.#watch.close();
    const closed = [...this.#peers.keys()].map((peer) => {
      peer.dismiss("restarting");
      return peer.closed;
    });
    const late = setTimeout(() => {
      for (const peer of this.#peers.keys()) peer.terminate();
    }, closeGrace);
    await Promise.all(closed);
    clearTimeout(late);
    this.#server.close();
  }

  #accept(
    webSocket: WebSocket,
    request: IncomingMessage,
    verdict: { device: SocketDevice | null; address: string },
  ): void {
    const { device, address } = verdict;
    const peer = new Peer(webSocket, address);
    if (this.#closing) return peer.dismiss("restarting");
    this.#peers.set(peer, device);
    void peer.closed.then(() => this.#peers.delete(peer));
    shakeHands(peer, device, {
      auth: this.#options.auth,
      dialects: this.#options.dialects,
      door: {
        headers: request.headers,
        remoteAddress: request.socket.remoteAddress,
        admit: (known) => {
          const reason = this.#overLimit(known, 0);
          if (reason === undefined) this.#peers.set(peer, known);
          return reason;
        },
        grant: (known) => this.#grant(peer, known),
      },
      welcome: (known) => {
        this.#peers.set(peer, known);
        return this.#welcome(known);
      },
      overLimit: (known) => this.#overLimit(known, 0),
      connect: (hello, known) => {
        const connection = new Connection(peer, hello, known, this);
        this.#connections.add(connection);
        void peer.closed.then(() => this.#connections.delete(connection));
      },
    });
  }

  #acceptAt(start: (peer: Peer, device: SocketDevice) => void, peer: Peer, device: SocketDevice): void {
    if (this.#closing) return peer.dismiss("restarting");
    this.#peers.set(peer, device);
    void peer.closed.then(() => this.#peers.delete(peer));
    this.#grant(peer, device);
    start(peer, device);
  }

  #grant(peer: Peer, { id, scope }: SocketDevice): void {
    // Kept while nobody is connected: a device that comes again has not rested by that.
    const device = this.#budgets.get(id) ?? deviceBudget(scope, Date.now);
    this.#budgets.set(id, device);
    peer.grant(limitsOf(scope).frame, new Intake({ scope, device, now: Date.now }));
  }

  #welcome(device: SocketDevice): Welcome {
    const { id, name, scope } = device;
    return {
      type: "welcome",
      protocolVersion: 2,
      ...this.#options.welcome(),
      device: { id, name, scope },
      limits: limitsOf(scope),
      features: ["replay", "coalesce", "elide", "watch", "history"],
    };
  }

  /** Why `more` connections than are counted already are too many, or one more of a device; undefined when they are not. */
  #overLimit(device: SocketDevice | null, more: number): string | undefined {
    if (this.#peers.size + more > limits.connections)
      return `${limits.connections} connections are open: close one first.`;
    if (!device) return undefined;
    let own = 0;
    for (const other of this.#peers.values()) if (other?.id === device.id) own++;
    return own >= limits.connectionsPerDevice
      ? `${own} connections of this device are open: close one first.`
      : undefined;
  }

  #beat(): void {
    for (const peer of this.#peers.keys()) peer.beat();
  }

  #onRevoked(device: string): void {
    this.#budgets.delete(device);
    for (const [peer, owner] of this.#peers) {
      if (owner?.id === device) peer.dismiss("revoked");
    }
  }
}

/** How long a closing connection may take to say goodbye, ms. */
const closeGrace = 1_000;

function refuseUpgrade(socket: Duplex, status: number, code: string, message: string): void {
  const body = JSON.stringify({ error: { code, message } });
  const head = `HTTP/1.1 ${status} ${code}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  socket.end(head + body);
}
