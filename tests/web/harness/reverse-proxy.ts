import { once } from "node:events";
import http from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";

/** A small reverse proxy as people put before Pier: one prefix of its address is the daemon's, and is taken away. */
export interface ReverseProxy {
  /** Host and port that browsers ask for. */
  readonly host: string;
  /** What was asked for outside the prefix. */
  readonly strays: string[];
  /** What was asked for inside, prefix and query included; upgrades too. */
  readonly asked: string[];
  /** Where the daemon is. */
  target: URL | undefined;
  /** Makes another text of what the daemon answers at a path of its own; undefined for what passes as it is. */
  change: ((path: string) => ((text: string) => string) | undefined) | undefined;
  close(): void;
}

export async function startReverseProxy(prefix: string): Promise<ReverseProxy> {
  const server = http.createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy: ReverseProxy = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    strays: [],
    asked: [],
    target: undefined,
    change: undefined,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  /** The daemon's own path; undefined for what is not its. */
  const inside = (url = "/"): string | undefined => {
    const isInside = url.startsWith(`${prefix}/`);
    (isInside ? proxy.asked : proxy.strays).push(url);
    return isInside ? url.slice(prefix.length) : undefined;
  };
  server.on("request", (request, response) => {
    const path = inside(request.url);
    if (path === undefined) return void response.writeHead(404).end();
    const { method } = request;
    const change = proxy.change?.(path);
    const headers = { ...request.headers };
    if (change) for (const name of ["accept-encoding", "if-none-match"]) delete headers[name];
    const passed = http.request({ ...place(proxy), method, path, headers, agent: false }, (answer) => {
      // The daemon may end in the middle of what it answers.
      if (change) return void answerChanged(answer, response, change).catch(() => response.destroy());
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    // As nginx answers while the daemon is away.
    passed.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    request.pipe(passed);
  });
  server.on("upgrade", (request, socket, head) => {
    const path = inside(request.url);
    if (path === undefined) return void socket.destroy();
    const { host, port } = place(proxy);
    const daemon = connect(port, host, () => {
      const lines = request.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []));
      daemon.write(`${[`GET ${path} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`);
      daemon.write(head);
      socket.pipe(daemon).pipe(socket);
    });
    daemon.on("error", () => socket.destroy());
    socket.on("error", () => daemon.destroy());
  });
  return proxy;
}

async function answerChanged(
  answer: http.IncomingMessage,
  response: http.ServerResponse,
  change: (text: string) => string,
): Promise<void> {
  const { etag: _, "content-length": __, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers).end(change(await text(answer)));
}

function place({ target }: ReverseProxy): { host: string; port: number } {
  if (!target) throw new Error("The proxy does not know the daemon yet.");
  return { host: target.hostname, port: Number(target.port) };
}
