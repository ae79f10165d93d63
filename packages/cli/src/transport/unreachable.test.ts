import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { ClientError } from "@pier/client";
import { expect, onTestFinished, test } from "vitest";
import { fetchOf } from "./fetch-of.ts";
import { unreachable } from "./unreachable.ts";

/** ms to wait for an answer that never comes. */
const patience = 50;

/** A server that does something with each socket. */
async function serverThat(take: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    take(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function sentenceOf(url: string, fingerprint?: string, wait?: number): Promise<string> {
  const ask = fetchOf({ ...(fingerprint !== undefined && { fingerprint }) }, wait);
  const error: unknown = await ask(`${url}/api/me`).then(
    () => null,
    (cause: unknown) => new ClientError("CONNECTION_LOST", "lost", { cause }),
  );
  expect(error).not.toBeNull();
  const said = await unreachable(url, error);
  expect(said.exitCode).toBe(1);
  return said.message.replaceAll(url, "URL");
}

test("a server that takes the connection and says nothing, does not answer", async () => {
  const url = await serverThat(() => {});
  expect(await sentenceOf(url, undefined, patience)).toBe(
    "URL does not answer: is the address right, and does no firewall stand in between?",
  );
});

test("the same over TLS with a known certificate, does not answer", async () => {
  const url = (await serverThat(() => {})).replace("http:", "https:");
  expect(await sentenceOf(url, "AA", patience)).toMatch(/^URL does not answer/);
});

test("a server that closes the connection, hangs up", async () => {
  const url = await serverThat((socket) => socket.end());
  expect(await sentenceOf(url)).toBe(
    "What answers at URL hangs up without a word: is it a Pier daemon, and should it be https://?",
  );
});

test("a port where nobody listens, has no daemon", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.close();
  await once(server, "close");
  const sentence = "No daemon answers at URL: is the address right, and does `pier serve` run there?";
  expect(await sentenceOf(url)).toBe(sentence);
  expect(await sentenceOf(url.replace("http:", "https:"), "AA")).toBe(sentence);
});

test("a name that nobody has, is said", async () => {
  expect(await sentenceOf("http://pier.invalid")).toBe(
    "There is no host named pier.invalid: is the address right, and the network there?",
  );
});

test("a port that no client may use, is said", async () => {
  expect(await sentenceOf("http://127.0.0.1:6000")).toBe(
    "Port 6000 belongs to another protocol, so that no client speaks HTTP to it: let the daemon listen on another.",
  );
});

test("a redirect, is not followed: the token would go along", async () => {
  const followed: string[] = [];
  const server = createHttp((request, response) => {
    followed.push(request.url ?? "");
    response.writeHead(302, { location: "/elsewhere" }).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  expect(await sentenceOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).toBe(
    "What answers at URL sends to another address: give that one.",
  );
  expect(followed).toEqual(["/api/me"]);
});
