import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { Elsewhere } from "./elsewhere.ts";

/** What answers where a daemon should be. */
async function stranger(answer: RequestListener, speak?: (socket: WebSocket) => void): Promise<string> {
  const server: Server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const sockets = speak && new WebSocketServer({ server });
  sockets?.on("connection", speak ?? (() => {}));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    for (const socket of sockets?.clients ?? []) socket.terminate();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Another machine with a token that no server of these tests looks at. */
function withToken(): { elsewhere: Elsewhere; token: string[] } {
  const elsewhere = new Elsewhere();
  const file = join(elsewhere.home, "token");
  writeFileSync(file, "x".repeat(43));
  return { elsewhere, token: ["--token-file", file] };
}

const json = (value: unknown): RequestListener => {
  return (_request, response) => response.setHeader("content-type", "application/json").end(JSON.stringify(value));
};

const notPier = (url: string): string =>
  `pier: What answers at ${url} is no Pier daemon that this client can speak to: check the address and its prefix, or update that side.\n`;

test.each<[string, RequestListener]>([
  ["a web page", (_request, response) => response.end("<html>Hello</html>")],
  ["JSON of something else", json({ hello: "world" })],
  ["404", (_request, response) => response.writeHead(404).end("nothing here")],
  ["a password prompt", (_request, response) => response.writeHead(401).end("who are you?")],
  ["a broken proxy", (_request, response) => response.writeHead(502).end("bad gateway")],
])("%s, is no daemon: one sentence, with a token and without", async (_what, answer) => {
  const url = await stranger(answer);
  const { elsewhere, token } = withToken();
  const expected = { code: 1, stdout: "", stderr: notPier(url) };
  expect(await elsewhere.pier(["attach", url])).toEqual(expected);
  expect(await elsewhere.pier(["attach", url, ...token])).toEqual(expected);
  expect(await elsewhere.pier(["hosts", "add", "desk", url, ...token])).toEqual(expected);
  expect(() => elsewhere.hosts).toThrow(/ENOENT/);
});

test("a server of protocol version 1, is said to be another version", async () => {
  // As the first servers did: WebSocket and nothing else, any other version refused.
  const url = await stranger(
    (_request, response) => response.writeHead(426).end("Upgrade Required"),
    (socket) =>
      socket.once("message", () => {
        const message = "Protocol version 2 is not supported: this server speaks version 1";
        socket.send(JSON.stringify({ type: "error", code: "INCOMPATIBLE_PROTOCOL", message, serverVersion: 1 }));
        socket.close(1002, "incompatible");
      }),
  );
  const { elsewhere, token } = withToken();
  const sentence = `The daemon at ${url} speaks another version of the protocol (Protocol version 2 is not supported: this server speaks version 1): update the older side.\n`;
  const attach = ["attach", url.replace("http", "ws")];
  expect(await elsewhere.pier(attach)).toEqual({ code: 1, stdout: "", stderr: `pier: ${sentence}` });
  expect(await elsewhere.pier([...attach, ...token])).toEqual({ code: 1, stdout: "", stderr: `pier: ${sentence}` });
  expect(await elsewhere.pier(attach.slice(1), "", "pi-client")).toEqual({
    code: 1,
    stdout: "",
    stderr: `pi-client: ${sentence}`,
  });
});

const session = { id: "12345678-0000-4000-8000-000000000000", name: null, status: "live", attention: null };

/** Answers REST as a daemon does. */
const likePier: RequestListener = (request, response) =>
  json(request.url?.startsWith("/api/sessions") ? [session] : { server: { id: "s", version: "9" } })(request, response);

test("a newer daemon that refuses this version, is said to be another version", async () => {
  const url = await stranger(likePier, (socket) =>
    socket.once("message", () => {
      const message = "Protocol version 2 is not spoken here: use 3.";
      socket.send(JSON.stringify({ type: "error", code: "INCOMPATIBLE_PROTOCOL", message, re: "hello" }));
      socket.close(4426, "INCOMPATIBLE_PROTOCOL");
    }),
  );
  const { elsewhere, token } = withToken();
  expect(await elsewhere.pier(["attach", url, ...token])).toEqual({
    code: 1,
    stdout: "",
    stderr: `pier: The daemon at ${url} speaks another version of the protocol (Protocol version 2 is not spoken here: use 3): update the older side.\n`,
  });
});

test("a proxy that lets no WebSocket pass, is said", async () => {
  const url = await stranger(likePier);
  const { elsewhere, token } = withToken();
  expect(await elsewhere.pier(["attach", url, ...token])).toEqual({
    code: 1,
    stdout: "",
    stderr: `pier: The daemon at ${url} answers, but opens no WebSocket: does a proxy in between let them pass?\n`,
  });
});

test("a daemon that has too many connections, is said in its words", async () => {
  const url = await stranger(likePier, (socket) =>
    socket.once("message", () => {
      socket.send(JSON.stringify({ type: "error", code: "TOO_MANY", message: "Too many connections: close some." }));
      socket.close(4429, "TOO_MANY");
    }),
  );
  const { elsewhere, token } = withToken();
  expect(await elsewhere.pier(["attach", url, ...token])).toEqual({
    code: 1,
    stdout: "",
    stderr: "pier: Too many connections: close some.\n",
  });
});
