import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PiServer, startPiServer } from "./harness/pi-server.ts";
import { connect, type Frame, hello, openSocket, type V1Client } from "./harness/v1-client.ts";

let server: PiServer;
beforeAll(async () => {
  server = await startPiServer();
});
afterAll(() => server.dispose());

describe("hello", () => {
  test.each(["", "ws", "any/path?at=all"])("version 1 on the path /%s, is welcomed", async (path) => {
    const client = await openSocket(server, { path });
    client.send(hello(server));
    const welcome = await client.next();
    expect(welcome).toMatchObject({ type: "welcome", protocolVersion: 1 });
    expect(Object.keys(welcome)).toEqual([
      "type",
      "protocolVersion",
      "serverId",
      "sessionState",
      "messages",
      "currentSeq",
    ]);
  });

  test("a second welcome, names the same server and pi's own state", async () => {
    const first = await connect(server);
    const second = await connect(server);
    expect(second.welcome.serverId).toBe(first.welcome.serverId);
    expect(second.welcome.sessionState).toEqual((await second.client.ask({ type: "get_state" })).data);
  });

  test("without a clientId, is welcomed as it always was", async () => {
    const { welcome } = await connect(server, { clientId: undefined });
    expect(welcome.type).toBe("welcome");
  });

  test("with lastSeq, continues the numbers from there", async () => {
    const { client, welcome } = await connect(server, { lastSeq: 9_000_000_000 });
    expect(welcome.currentSeq).toBe(9_000_000_000);
    await client.ask({ type: "get_state" });
    expect(client.seqs[0]).toBe(9_000_000_001);
  });
});

describe("what cannot be spoken", () => {
  test.each([0, 3, 999, 1.5, "1", null, undefined])(
    "version %j, is INCOMPATIBLE_PROTOCOL with the server's version, then 1002",
    async (protocolVersion) => {
      const client = await openSocket(server);
      client.send({ ...hello(server), protocolVersion });
      expect(await client.next()).toEqual({
        type: "error",
        code: "INCOMPATIBLE_PROTOCOL",
        message: expect.any(String),
        serverVersion: 1,
      });
      expect((await client.closed()).code).toBe(1002);
    },
  );

  test("a later version in the manner of version 2, gets version 2's answer", async () => {
    const client = await openSocket(server);
    client.send({ type: "hello", protocolVersion: 3, clientId: "c", client: { name: "n", version: "1" } });
    expect(await client.next()).toMatchObject({ code: "INCOMPATIBLE_PROTOCOL", re: "hello" });
    expect((await client.closed()).code).toBe(4426);
  });

  test("version 2, is not this dialect's", async () => {
    const client = await openSocket(server);
    client.send({ type: "hello", protocolVersion: 2, clientId: "c", auth: { token: server.token("admin") } });
    expect(await client.next()).toMatchObject({ type: "welcome", protocolVersion: 2 });
  });

  test.each<[string, unknown]>([
    ["a command", { type: "command", payload: { type: "prompt", message: "hi" } }],
    ["an answer", { type: "extension_ui_response", id: "1", value: "x" }],
    ["an object without a type", { message: "hello without a type" }],
    ["an unknown type", { type: "hullo" }],
    ["null", null],
    ["a number", 42],
    ["an array", []],
    ["a hello whose clientId is no text", { type: "hello", protocolVersion: 1, clientId: {} }],
    ["a hello whose token is no text", { type: "hello", protocolVersion: 1, clientId: "c", auth: { token: 1 } }],
  ])("%s first, is INVALID_HELLO, then 1002", async (_what, frame) => {
    const client = await openSocket(server);
    client.send(JSON.stringify(frame));
    expect(await client.next()).toMatchObject({ type: "error", code: "INVALID_HELLO" });
    expect((await client.closed()).code).toBe(1002);
  });

  test("a first frame that only version 2 has, gets version 2's answer", async () => {
    const client = await openSocket(server);
    client.send({ type: "attach", session: "s" });
    expect(await client.next()).toMatchObject({ code: "HELLO_EXPECTED" });
    expect((await client.closed()).code).toBe(4400);
  });
});

describe("what is not JSON", () => {
  test("before hello, is answered and the socket stays open", async () => {
    const client = await openSocket(server);
    client.send("not json {{{");
    expect(await client.next()).toMatchObject({ type: "error", code: "INTERNAL_ERROR" });
    client.send(hello(server));
    expect(await client.next()).toMatchObject({ type: "welcome" });
  });

  test("before hello again and again, ends the connection", async () => {
    const client = await openSocket(server);
    for (let count = 0; count < 12; count++) client.send("{");
    expect((await client.closed()).code).toBe(4400);
    expect(client.frames.length).toBeLessThanOrEqual(10);
  });

  test("after welcome, is answered and the socket stays open", async () => {
    const { client } = await connect(server);
    client.send("not json {{{");
    expect(await client.next()).toMatchObject({ type: "error", code: "INTERNAL_ERROR" });
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
  });

  test("after welcome for ever, ends the connection with 1008", async () => {
    const { client } = await connect(server);
    for (let count = 0; count < 100; count++) client.send("{");
    expect((await client.closed()).code).toBe(1008);
  });
});

test("frames faster than any person's, end the connection with 1008", async () => {
  const { client } = await connect(server);
  for (let count = 0; count < 3_000; count++) client.send({ type: "ping" });
  expect((await client.closed()).code).toBe(1008);
  expect(client.frames.at(-1)).toMatchObject({ type: "error", code: "INTERNAL_ERROR" });
});

describe("credentials", () => {
  test.each<[string, object]>([
    ["none", { auth: undefined }],
    ["an unknown token", { auth: { type: "bearer", token: "pier_no" } }],
    ["no token in auth", { auth: { type: "bearer" } }],
  ])("%s, is UNAUTHORIZED, then 1008", async (_what, further) => {
    const client = await openSocket(server);
    client.send(hello(server, further));
    expect(await client.next()).toMatchObject({ type: "error", code: "UNAUTHORIZED" });
    expect((await client.closed()).code).toBe(1008);
    expect(client.frames).toHaveLength(1);
  });

  test("a bearer token with the upgrade, needs none in hello", async () => {
    const client = await openSocket(server, { headers: { authorization: `Bearer ${server.token("admin")}` } });
    client.send(hello(server, { auth: undefined }));
    expect(await client.next()).toMatchObject({ type: "welcome" });
  });

  test("a device that may only read, reads, and is refused the rest in the reply and in words", async () => {
    const auth = { type: "bearer", token: server.token("read") };
    const { client } = await connect(server, { auth });
    expect((await client.ask({ type: "get_state" })).success).toBe(true);
    const refused = await client.ask({ type: "prompt", message: "hi" });
    expect(refused).toMatchObject({ success: false, command: "prompt", error: expect.stringContaining("scope") });
    expect(await client.seen(({ type }) => type === "error")).toMatchObject({ code: "UNAUTHORIZED" });
    client.send({ type: "extension_ui_response", id: "x", value: "y" });
    await client.seen(({ type, message }) => type === "error" && message.includes("dialogs"));
    expect(client.closing).toBeUndefined();
  });

  test("switch_session, needs admin as in version 2", async () => {
    const { client } = await connect(server, { auth: { type: "bearer", token: server.token("prompt") } });
    expect((await client.ask({ type: "switch_session", sessionPath: "/etc/hosts" })).success).toBe(false);
    expect(client.frames.some(({ code }: Frame) => code === "UNAUTHORIZED")).toBe(true);
  });

  test("a device that is revoked, is UNAUTHORIZED and closed with 1008 at once", async () => {
    const own = await startPiServer({ agent: "raw-records" });
    try {
      const { client } = await connect(own, { auth: { type: "bearer", token: own.token("prompt") } });
      own.revoke("prompt");
      expect((await client.closed()).code).toBe(1008);
      expect(client.frames.at(-1)).toMatchObject({ type: "error", code: "UNAUTHORIZED" });
    } finally {
      await own.dispose();
    }
  });
});

describe("trustLoopback", () => {
  let trusting: PiServer;
  beforeAll(async () => {
    trusting = await startPiServer({ agent: "raw-records", trustLoopback: true });
  });
  afterAll(() => trusting.dispose());
  const bare = { type: "hello", protocolVersion: 1, clientId: "c" };

  test.each(["127.0.0.1", "localhost"])(
    "a program of this machine that asks for %s, needs no credential",
    async (name) => {
      const client = await openSocket({ ...trusting, url: `ws://${name}:${trusting.port}/` });
      client.send(bare);
      expect(await client.next()).toMatchObject({ type: "welcome" });
    },
  );

  test("it may prompt, but not open any file as a session", async () => {
    const client = await openSocket(trusting);
    client.send(bare);
    expect((await client.ask({ type: "prompt", message: "nothing" })).success).toBe(true);
    expect((await client.ask({ type: "switch_session", sessionPath: "/etc/hosts" })).success).toBe(false);
  });

  test.each<[string, Record<string, string>]>([
    ["a page's fetch metadata", { "sec-fetch-mode": "websocket" }],
    ["a cookie", { cookie: "a=b" }],
    ["a proxy's X-Forwarded-For", { "x-forwarded-for": "127.0.0.1" }],
    ["a proxy's Forwarded", { forwarded: "for=1.2.3.4" }],
    ["a proxy's Via", { via: "1.1 proxy" }],
  ])("%s, is not trusted", async (_what, headers) => {
    const client = await openSocket(trusting, { headers });
    client.send(bare);
    expect(await client.next()).toMatchObject({ code: "UNAUTHORIZED" });
    expect((await client.closed()).code).toBe(1008);
  });

  test.each<[string, Record<string, string>]>([
    ["this very origin", { origin: "http://127.0.0.1:PORT" }],
    ["another origin", { origin: "https://evil.example" }],
    ["the origin null", { origin: "null" }],
    ["a name that points here", { host: "evil.example" }],
    ["a name that begins like ours", { host: "localhost.evil.example" }],
  ])("a page with %s, does not even get a socket", async (_what, headers) => {
    const filled = Object.entries(headers).map(([key, value]) => [key, value.replace("PORT", String(trusting.port))]);
    expect(await upgradeStatus(trusting, Object.fromEntries(filled) as Record<string, string>)).toBeGreaterThanOrEqual(
      400,
    );
  });

  test("version 2, needs its credential all the same", async () => {
    const client = await openSocket(trusting);
    client.send({ ...bare, protocolVersion: 2 });
    expect((await client.closed()).code).toBe(4401);
  });
});

describe("the end", () => {
  test("a daemon that stops, closes with 1001", async () => {
    const own = await startPiServer({ agent: "raw-records" });
    try {
      const { client } = await connect(own);
      await own.shutDown();
      expect((await client.closed()).code).toBe(1001);
    } finally {
      await own.dispose();
    }
  });

  test.each<[string, (client: V1Client) => void]>([
    ["before hello above 4 KiB", (client) => client.send(" ".repeat(5_000))],
    ["after welcome above 16 MiB", (client) => client.send(" ".repeat(16 * 1024 * 1024 + 1))],
  ])("a frame %s, closes with 1009", async (what, send) => {
    const client = what.startsWith("before") ? await openSocket(server) : (await connect(server)).client;
    send(client);
    expect((await client.closed()).code).toBe(1009);
  });
});

/** The status of an upgrade that is not granted; 101 when it is. */
function upgradeStatus(target: PiServer, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({
      port: target.port,
      host: "127.0.0.1",
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
        ...headers,
      },
    });
    sent.on("response", (response) => resolve(response.statusCode ?? 0));
    sent.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.on("error", reject);
    sent.end();
  });
}
