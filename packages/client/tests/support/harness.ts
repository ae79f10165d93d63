import type { Attachment } from "../../src/attachment/attachment.ts";
import { connect, type ConnectOptions } from "../../src/connect.ts";
import type { ConnectionState } from "../../src/connection/connection-state.ts";
import type { PierConnection } from "../../src/connection/connection.ts";
import type { Change } from "../../src/transcript/change.ts";
import { FakeTimers } from "./fake-timers.ts";
import { attached } from "./frames.ts";
import { type Peer, ScriptedServer } from "./scripted-server.ts";

/** A client with a clock of its own and a scripted server; both end with the test. */
export class Harness implements AsyncDisposable {
  readonly server: ScriptedServer;
  readonly timers = new FakeTimers();
  readonly connections: PierConnection[] = [];

  private constructor(server: ScriptedServer) {
    this.server = server;
  }

  static async start(): Promise<Harness> {
    return new Harness(await ScriptedServer.start());
  }

  connect(options: Partial<ConnectOptions> = {}): PierConnection {
    const connection = connect({ url: this.server.url, timers: this.timers, random: () => 0.5, ...options });
    this.connections.push(connection);
    return connection;
  }

  /** A connection with session `s` attached by an empty snapshot at seq 0. */
  async attach(): Promise<{ connection: PierConnection; attachment: Attachment; peer: Peer }> {
    const connection = this.connect();
    const attachment = connection.attach("s");
    const peer = await this.server.welcomed();
    await peer.next("attach");
    peer.send(attached());
    await attachment.ready;
    return { connection, attachment, peer };
  }

  /** Cuts the connection and answers the next one's hello. */
  async reconnect(connection: PierConnection, peer: Peer): Promise<Peer> {
    peer.cut();
    const { retryAt } = await stateOf(connection, "waiting");
    this.timers.advance(retryAt - this.timers.now());
    return this.server.welcomed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of this.connections) connection.close();
    await this.server.stop();
  }
}

/** Resolves when the connection is in this state. */
export function stateOf<T extends ConnectionState["status"]>(
  connection: PierConnection,
  status: T,
): Promise<Extract<ConnectionState, { status: T }>> {
  type Wanted = Extract<ConnectionState, { status: T }>;
  const { promise, resolve } = Promise.withResolvers<Wanted>();
  if (connection.state.status === status) resolve(connection.state as Wanted);
  const remove = connection.onState((state) => {
    if (state.status !== status) return;
    remove();
    resolve(state as Wanted);
  });
  return promise;
}

/** Resolves with the next change of this kind. */
export function changeOf<K extends Change["kind"]>(
  attachment: Attachment,
  kind: K,
  fits: (change: Extract<Change, { kind: K }>) => boolean = () => true,
): Promise<Extract<Change, { kind: K }>> {
  const { promise, resolve } = Promise.withResolvers<Extract<Change, { kind: K }>>();
  const remove = attachment.subscribe((change) => {
    if (change.kind !== kind || !fits(change as Extract<Change, { kind: K }>)) return;
    remove();
    resolve(change as Extract<Change, { kind: K }>);
  });
  return promise;
}

/** Resolves with the first value that a listener gets. */
export function firstOf<T>(listen: (listener: (value: T) => void) => () => void): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const remove = listen((value) => {
    remove();
    resolve(value);
  });
  return promise;
}
