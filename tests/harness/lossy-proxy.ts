import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { WebSocketConstructor } from "@pier/client";
import { WebSocket } from "ws";
import { between } from "./random.ts";

export interface LossyProxyOptions {
  /** Port of the daemon. */
  port: number;
  random: () => number;
  /** How many connections are cut; later ones are left alone. */
  cuts: number;
  /** Whether connections may be cut now; always when not told. */
  mayCut?: () => boolean;
}

export interface LossyProxy {
  /** For programs: the proxy puts the daemon's own name into `Host`, as a reverse proxy would. */
  readonly url: string;
  /** Connects through the proxy, wherever it is told to connect to: the daemon must see its own name as `Host`. */
  readonly WebSocket: WebSocketConstructor;
  /** Connections cut so far. */
  readonly cut: number;
  close(): Promise<void>;
}

/** A TCP proxy that cuts each connection after a random number of bytes, in either direction, in the middle of whatever it is. */
export async function startLossyProxy({
  port,
  random,
  cuts,
  mayCut = () => true,
}: LossyProxyOptions): Promise<LossyProxy> {
  let cut = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const daemon = connect(port, "127.0.0.1");
    const lossy = cut < cuts;
    // Some connections hardly begin, others live for a while; what the client says is much less than what it hears.
    const down = between(random, 1, random() < 0.5 ? 4_000 : 40_000);
    const up = between(random, 1, random() < 0.3 ? 900 : 20_000);
    const end = (): void => {
      client.destroy();
      daemon.destroy();
    };
    const relay = (from: Socket, to: Socket, budget: number): void => {
      let left = lossy ? budget : Infinity;
      from.on("data", (data) => {
        if (left === 0) return;
        if (!mayCut() || cut >= cuts) {
          to.write(from === client ? withHost(data, port) : data);
          return;
        }
        const chunk = from === client ? withHost(data, port) : data;
        to.write(chunk.subarray(0, Math.min(left, chunk.length)));
        left = Math.max(0, left - chunk.length);
        if (left > 0) return;
        cut++;
        // What was let through arrives; then the connection is gone without a goodbye.
        to.end();
        from.destroy();
      });
      from.on("close", () => to.end());
      from.on("error", end);
    };
    for (const socket of [client, daemon]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    relay(daemon, client, down);
    relay(client, daemon, up);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = (server.address() as AddressInfo).port;
  const address = `ws://127.0.0.1:${own}/ws`;
  class ThroughProxy extends WebSocket {
    constructor() {
      super(address, { perMessageDeflate: false, headers: { host: `127.0.0.1:${port}` } });
      this.on("error", () => {});
    }
  }
  return {
    url: `http://127.0.0.1:${own}`,
    WebSocket: ThroughProxy as unknown as WebSocketConstructor,
    get cut() {
      return cut;
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A request with the daemon's port in its `Host`, and in the `Origin` of a page that came through here; anything else as it is. */
function withHost(data: Buffer, port: number): Buffer {
  const text = data.toString("latin1");
  if (!/^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(text)) return data;
  const own = text.replace(
    /^(host: |origin: http:\/\/)127\.0\.0\.1:\d+/gim,
    (_, name: string) => `${name}127.0.0.1:${port}`,
  );
  return Buffer.from(own, "latin1");
}
