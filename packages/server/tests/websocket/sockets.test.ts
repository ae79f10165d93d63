import { limits, type Scope } from "@pier/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenHub, openHub } from "./open-hub.ts";

let hub: OpenHub;
beforeAll(async () => {
  hub = await openHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const hello = (token?: string) => ({
  type: "hello",
  protocolVersion: 2,
  clientId: "c",
  ...(token !== undefined && { auth: { token } }),
});

describe("2. Every socket needs a credential", () => {
  test("hello without a token, is refused with 4401", async () => {
    const client = hub.dial();
    await client.opened;
    client.send(hello());
    expect(await client.ended).toEqual({ code: 4401 });
    expect(client.frames).toEqual([expect.objectContaining({ type: "error", code: "UNAUTHENTICATED" })]);
  });

  test("hello with a wrong token, is refused with 4401 and the token is not repeated", async () => {
    const client = hub.dial();
    await client.opened;
    client.send(hello("wrong-token"));
    expect(await client.ended).toEqual({ code: 4401 });
    expect(JSON.stringify(client.frames)).not.toContain("wrong-token");
  });

  test("hello with a device's token, is welcomed", async () => {
    const client = hub.dial();
    await client.opened;
    client.send(hello(hub.token("read").token));
    expect(await client.frame("welcome")).toMatchObject({ protocolVersion: 2, device: { scope: "read" } });
    client.socket.close();
  });

  test("an upgrade with a bearer token, needs none in hello", async () => {
    const client = hub.dial({ headers: { authorization: `Bearer ${hub.token("prompt").token}` } });
    await client.opened;
    client.send(hello());
    expect(await client.frame("welcome")).toMatchObject({ device: { scope: "prompt" } });
    client.socket.close();
  });
});

describe("3. Host allow-list on upgrades", () => {
  test.each(["evil.example", "localhost.evil.example", "127.0.0.1", "localhost:1", "evil.example:3141"])(
    "Host %s, is refused",
    async (host) => {
      expect(await hub.dial({ headers: { host } }).ended).toEqual({ status: 403 });
    },
  );
});

describe("4. Origin on upgrades", () => {
  test.each([
    ["null"],
    ["http://evil.example"],
    ["https://127.0.0.1"],
    ["http://127.0.0.1:1"],
    ["http://127.0.0.1.evil.example"],
  ])("Origin %s, is refused with 403", async (origin) => {
    expect(await hub.dial({ origin }).ended).toEqual({ status: 403 });
  });

  test("the daemon's own Origin without a cookie, is refused with 401: a page cannot bring a token in hello", async () => {
    expect(await hub.dial({ origin: `http://127.0.0.1:${hub.port}` }).ended).toEqual({ status: 401 });
  });
});

describe("7. Revoking a device", () => {
  test("its open sockets, are closed at once", async () => {
    const { token, id } = hub.token("admin");
    const client = hub.dial();
    await client.opened;
    client.send(hello(token));
    await client.frame("welcome");
    hub.auth.revoke(id);
    expect(await client.ended).toEqual({ code: 4401 });
  });
});

describe("15. Frames and their limits", () => {
  async function welcomed(scope: Scope = "read") {
    const client = hub.dial();
    await client.opened;
    client.send(hello(hub.token(scope).token));
    await client.frame("welcome");
    return client;
  }

  test("a frame above 4 KiB before hello, closes with 1009", async () => {
    const client = hub.dial();
    await client.opened;
    client.send("x".repeat(limits.preHelloFrame + 1));
    expect(await client.ended).toEqual({ code: 1009 });
  });

  test.each([
    ["16 MiB", "prompt", limits.frame],
    ["64 KiB of a device that may only read", "read", limits.readFrame],
  ] as const)("a frame above %s, closes with 1009, and one below is read", async (_name, scope, most) => {
    const client = await welcomed(scope);
    expect(await client.frame("welcome")).toMatchObject({ limits: { frame: most } });
    client.send({ type: "ping", filling: "x".repeat(most - 100) });
    await client.frame("pong");
    client.send("x".repeat(most + 1));
    expect(await client.ended).toEqual({ code: 1009 });
  });

  test("frames that hold more together than the burst, close with 4429 and leave another device well", async () => {
    const [client, neighbour] = [await welcomed(), await welcomed()];
    const frame = JSON.stringify({ type: "ping", filling: "x".repeat(limits.readFrame - 100) });
    // More than what comes back while they are on their way.
    for (let sent = 0; sent <= 4 * limits.readBurst; sent += frame.length) client.send(frame);
    expect(await client.frame("error")).toMatchObject({ code: "TOO_MANY" });
    expect(await client.ended).toEqual({ code: 4429 });
    neighbour.send({ type: "ping" });
    await neighbour.frame("pong");
    neighbour.socket.close();
  });

  test.each([["null"], ["[]"], ["7"], ["{"], ['{"type":"shout"}'], ['{"type":"attach"}'], ['{"type":"hello"}']])(
    "%s before hello, is refused with 4400",
    async (text) => {
      const client = hub.dial();
      await client.opened;
      client.send(text);
      expect(await client.ended).toEqual({ code: 4400 });
    },
  );

  test.each([["null"], ["[]"], ["{"], ['{"type":"shout"}'], ['{"type":"attach"}'], ["\u0000"]])(
    "%s after hello, is answered with an error, and the connection lives on",
    async (text) => {
      const client = await welcomed();
      client.send(text);
      expect(await client.frame("error")).toMatchObject({ code: "BAD_FRAME" });
      client.send({ type: "ping" });
      await client.frame("pong");
      client.socket.close();
    },
  );

  test("a hundred bad frames, close the connection and leave its neighbour well", async () => {
    const [client, neighbour] = [await welcomed(), await welcomed()];
    for (let count = 0; count < 100; count++) client.send("null");
    expect(await client.ended).toEqual({ code: 4400 });
    neighbour.send({ type: "ping" });
    await neighbour.frame("pong");
    neighbour.socket.close();
  });

  test("more frames within a second than the limit, close with 4429", async () => {
    const client = await welcomed();
    // So many that they are too many however long they are on their way.
    for (let count = 0; count <= 4 * limits.framesPerSecond; count++) client.send({ type: "ping" });
    expect(await client.ended).toEqual({ code: 4429 });
  });

  test("a binary frame, closes with 4400", async () => {
    const client = await welcomed();
    client.socket.send(Buffer.from([1, 2, 3]), { binary: true });
    expect(await client.ended).toEqual({ code: 4400 });
  });

  test("another protocol version, is refused with 4426 and says which are spoken", async () => {
    const client = hub.dial();
    await client.opened;
    client.send({ ...hello(), protocolVersion: 9 });
    expect(await client.ended).toEqual({ code: 4426 });
    expect(client.frames[0]).toMatchObject({ code: "INCOMPATIBLE_PROTOCOL", message: expect.stringContaining("2") });
  });

  test("connections of one device above the limit, are refused", async () => {
    const { token } = hub.token("read");
    const clients = Array.from({ length: limits.connectionsPerDevice }, () => hub.dial());
    for (const client of clients) {
      await client.opened;
      client.send(hello(token));
      await client.frame("welcome");
    }
    const last = hub.dial();
    await last.opened;
    last.send(hello(token));
    expect(await last.ended).toEqual({ code: 4429 });
    for (const client of clients) client.socket.close();
  });

  test("a frame that needs another scope, is refused with FORBIDDEN; a command by a reply", async () => {
    const client = await welcomed();
    client.send({ type: "extension_ui_response", session: "s", id: "d", cancelled: true });
    expect(await client.frame("error")).toMatchObject({ code: "FORBIDDEN", re: "extension_ui_response" });
    client.send({ type: "command", session: "s", payload: { type: "prompt", id: 7, message: "hi" } });
    expect(await client.frame("reply")).toMatchObject({
      payload: { id: 7, success: false, code: "SESSION_NOT_FOUND" },
    });
    client.socket.close();
  });
});
