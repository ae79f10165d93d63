import { closeCodes, type Notice } from "@pier/protocol";
import { expect, test, vi } from "vitest";
import type { ClientError, ConnectionState } from "../src/index.ts";
import { limits } from "../src/limits.ts";
import { attached, welcome } from "./support/frames.ts";
import { firstOf, Harness, stateOf } from "./support/harness.ts";

test("connect says hello with its token, on the path of the prefix, and never in the URL", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect({
    url: `${harness.server.url.replace("ws:", "http:")}prefix/`,
    token: "secret",
    clientId: "me",
    client: { name: "test", version: "1" },
    coalesce: 50,
  });
  expect(connection.state).toEqual({ status: "connecting" });
  const peer = await harness.server.peers.next();
  expect(peer.path).toBe("/prefix/ws");
  expect(await peer.next("hello")).toEqual({
    type: "hello",
    protocolVersion: 2,
    clientId: "me",
    client: { name: "test", version: "1" },
    auth: { token: "secret" },
    coalesce: 50,
  });
  peer.send(welcome({ serverId: "abc" }));
  expect((await connection.ready).serverId).toBe("abc");
  expect(connection.state.status).toBe("open");
});

test("connect, connection cut, tries at once, then waits a random part of a doubling time", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const states: ConnectionState[] = [];
  connection.onState((state) => states.push(state));
  let peer = await harness.server.welcomed();
  const waits: number[] = [];
  for (let count = 0; count < 4; count++) {
    await stateOf(connection, "open");
    peer.cut();
    const { retryAt, reason } = await stateOf(connection, "waiting");
    expect(reason.code).toBe("CONNECTION_LOST");
    waits.push(retryAt - harness.timers.now());
    harness.timers.advance(retryAt - harness.timers.now());
    peer = await harness.server.welcomed();
  }
  // random is 0.5 here.
  expect(waits).toEqual([0, 250, 500, 1000]);
  await stateOf(connection, "open");
  expect(connection.lostAt).toBeNull();
  harness.timers.advance(limits.stable);
  peer.close(closeCodes.restarting, "restarting");
  const { retryAt, reason } = await stateOf(connection, "waiting");
  expect(retryAt).toBe(harness.timers.now());
  expect(reason.message).toContain("restarting, close code 1012");
  expect(new Set(states.map(({ status }) => status))).toEqual(new Set(["connecting", "open", "waiting"]));
  expect(harness.server.mostOpen).toBe(1);
});

test("connect, daemon gone for an hour, keeps trying at most every half minute and says since when", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  await harness.server.welcomed();
  await stateOf(connection, "open");
  expect(connection.lostAt).toBeNull();
  const lostAt = harness.timers.now();
  await harness.server.stop();
  let attempts = 0;
  while (harness.timers.now() < lostAt + 3_600_000) {
    const { retryAt } = await stateOf(connection, "waiting");
    expect(retryAt - harness.timers.now()).toBeLessThanOrEqual(limits.backoffMax);
    expect(connection.lostAt).toBe(lostAt);
    harness.timers.advance(Math.max(1, retryAt - harness.timers.now()));
    attempts++;
  }
  // random is 0.5 here: a quarter of a minute each.
  expect(attempts).toBeGreaterThan(200);
  expect(attempts).toBeLessThan(300);
});

test.each([
  [closeCodes.unauthenticated, "UNAUTHENTICATED"],
  [closeCodes.forbidden, "FORBIDDEN"],
  [closeCodes.incompatible, "INCOMPATIBLE_PROTOCOL"],
])("connect, closed with %i, rejects ready with %s and never tries again", async (close, code) => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const attachment = connection.attach("s");
  const peer = await harness.server.peers.next();
  await peer.next("hello");
  peer.send({ type: "error", code, message: "The daemon's own words." });
  peer.close(close);
  await expect(connection.ready).rejects.toMatchObject({ code, message: "The daemon's own words." });
  expect(connection.state).toMatchObject({ status: "closed", reason: { code } });
  await expect(attachment.ready).rejects.toMatchObject({ code });
  expect(attachment.transcript).toMatchObject({ status: "detached", error: { code } });
  expect(harness.timers.pending).toBe(0);
});

test.each([
  ["a version 1 daemon's refusal", [{ type: "error", code: "INCOMPATIBLE_PROTOCOL", message: "v1" }], 1002],
  ["a welcome of another version", [{ ...welcome(), protocolVersion: 3 }], 1000],
])("connect, %s, is fatal", async (_what, frames, code) => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const peer = await harness.server.peers.next();
  await peer.next("hello");
  peer.send(...frames);
  if (code !== 1000) peer.close(code);
  await expect(connection.ready).rejects.toMatchObject({ code: "INCOMPATIBLE_PROTOCOL" });
  expect(connection.state.status).toBe("closed");
});

test("connect, no welcome in time, tries again", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const peer = await harness.server.peers.next();
  await peer.next("hello");
  harness.timers.advance(limits.welcome);
  const { reason } = await stateOf(connection, "waiting");
  expect(reason.message).toContain("No welcome came within");
  await peer.closed;
});

test("connect, a server that is not there, keeps trying and says why", async () => {
  const harness = await Harness.start();
  const { url } = harness.server;
  await harness.server.stop();
  const connection = harness.connect({ url });
  const { reason } = await stateOf(connection, "waiting");
  expect(reason.code).toBe("CONNECTION_LOST");
  connection.close();
  expect(harness.timers.pending).toBe(0);
});

test("connect, a WebSocket constructor that throws, counts as a lost attempt", async () => {
  await using harness = await Harness.start();
  class Refusing {
    constructor() {
      throw new Error("mixed content");
    }
  }
  const connection = harness.connect({ WebSocket: Refusing as never });
  harness.timers.advance(0);
  expect((await stateOf(connection, "waiting")).reason.message).toContain("mixed content");
});

test("heartbeat, a silent server, is asked and given up when it does not answer", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const peer = await harness.server.welcomed();
  await stateOf(connection, "open");
  harness.timers.advance(limits.silence - 1);
  expect(peer.unread).toEqual([]);
  harness.timers.advance(1);
  await peer.next("ping");
  harness.timers.advance(limits.pong - 1);
  expect(connection.state.status).toBe("open");
  harness.timers.advance(1);
  const { reason } = await stateOf(connection, "waiting");
  expect(reason.message).toContain("stopped answering");
  expect(await peer.closed).toBe(4000);
});

test("heartbeat, any frame within the deadline, keeps the connection", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const noticed = firstOf<Notice>((listener) => connection.onNotice(listener));
  const peer = await harness.server.welcomed();
  await stateOf(connection, "open");
  harness.timers.advance(limits.silence);
  await peer.next("ping");
  peer.send({ type: "notice", level: "info", message: "still here" });
  await noticed;
  harness.timers.advance(limits.pong);
  expect(connection.state.status).toBe("open");
});

test("a socket that does not close is abandoned after a while", async () => {
  const sockets: StuckSocket[] = [];
  class StuckSocket {
    onopen = null;
    onclose: unknown = null;
    constructor() {
      sockets.push(this);
    }
    send(): void {}
    close(): void {}
  }
  await using harness = await Harness.start();
  const connection = harness.connect({ WebSocket: StuckSocket as never });
  harness.timers.advance(limits.welcome);
  expect(connection.state.status).toBe("connecting");
  expect(sockets).toHaveLength(1);
  harness.timers.advance(limits.closing);
  expect(sockets).toHaveLength(2);
  expect(sockets[0]?.onclose).toBeNull();
});

test("reconnectNow, while waiting, tries now; while open, asks whether the server is there", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect({ random: () => 0.999 });
  let peer = await harness.reconnect(connection, await harness.server.welcomed());
  await stateOf(connection, "open");
  peer.cut();
  await stateOf(connection, "waiting");
  connection.reconnectNow();
  expect(connection.state.status).toBe("connecting");
  connection.reconnectNow();
  peer = await harness.server.welcomed();
  await stateOf(connection, "open");
  connection.reconnectNow();
  await peer.next("ping");
  harness.timers.advance(limits.probe);
  await stateOf(connection, "waiting");
  expect(harness.server.mostOpen).toBe(1);
});

test("networkLost asks whether the server is there: an answer keeps the connection, silence ended it at that moment", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const peer = await harness.reconnect(connection, await harness.server.welcomed());
  await stateOf(connection, "open");
  connection.networkLost();
  await peer.next("ping");
  await peer.next("ping");
  const answered = connection.attach("s");
  peer.send({ type: "pong" });
  peer.send({ type: "pong" });
  peer.send(attached({ session: "s" }));
  await answered.ready;
  harness.timers.advance(limits.offline);
  expect(connection.state.status).toBe("open");
  const heardAt = harness.timers.now();
  connection.networkLost();
  harness.timers.advance(limits.offline);
  await stateOf(connection, "waiting");
  expect(connection.lostAt).toBe(heardAt);
  connection.networkLost();
  expect(connection.state.status).toBe("waiting");
});

test("close leaves no timer, no socket and no listener, and nothing happens after it", async () => {
  await using harness = await Harness.start();
  const controller = new AbortController();
  const removed = vi.spyOn(controller.signal, "removeEventListener");
  const connection = harness.connect({ signal: controller.signal });
  const states = vi.fn();
  connection.onState(states);
  const peer = await harness.server.welcomed();
  await stateOf(connection, "open");
  states.mockClear();
  connection.close();
  connection.close();
  expect(await peer.closed).toBe(1000);
  expect(states).toHaveBeenCalledOnce();
  expect(connection.state).toMatchObject({ status: "closed", reason: { code: "CLOSED" } });
  expect(harness.timers.pending).toBe(0);
  expect(removed).toHaveBeenCalledOnce();
  connection.reconnectNow();
  expect(connection.state.status).toBe("closed");
  expect(() => connection.attach("s")).toThrow(expect.objectContaining({ code: "CLOSED" }));
  expect(() => connection.watch()).toThrow(expect.objectContaining({ code: "CLOSED" }));
});

test("connect, a signal that is or becomes aborted, closes", async () => {
  await using harness = await Harness.start();
  const aborted = harness.connect({ signal: AbortSignal.abort() });
  expect(aborted.state.status).toBe("closed");
  await expect(aborted.ready).rejects.toMatchObject({ code: "CLOSED" });
  const controller = new AbortController();
  const connection = harness.connect({ signal: controller.signal });
  controller.abort();
  expect(connection.state.status).toBe("closed");
  expect(harness.timers.pending).toBe(0);
});

test.each([
  ["no JSON", "}{", "not JSON"],
  ["null", "null", "no frame"],
  ["no type", "{}", "without a type"],
  ["a frame without its members", '{"type":"event"}', "without session"],
  ["a binary message", new Uint8Array([1, 2]), "binary"],
  ["sessions that are none", '{"type":"sessions","full":true,"sessions":7,"removed":[]}', "not lists"],
])("garbage, %s, is told as an error, and the connection is made anew", async (_what, garbage, words) => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  connection.watch();
  const errors: ClientError[] = [];
  connection.onError((error) => errors.push(error));
  const peer = await harness.server.welcomed();
  await peer.next("watch");
  peer.sendRaw(garbage);
  const { reason } = await stateOf(connection, "waiting");
  expect(reason).toMatchObject({ code: "BAD_FRAME", message: expect.stringContaining(words) });
  expect(errors).toEqual([reason]);
  expect(await peer.closed).toBe(closeCodes.badFrame);
});

test("frames of unknown types and before the welcome are skipped", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const peer = await harness.server.peers.next();
  await peer.next("hello");
  peer.send({ type: "pong" }, { type: "event", session: "s", seq: 1, payload: { type: "x" } }, welcome());
  peer.send({ type: "sparkle", session: "s" }, { type: "notice", level: "info", message: "after" });
  const notice = await firstOf<Notice>((listener) => connection.onNotice(listener));
  expect(notice).toMatchObject({ message: "after" });
  expect(connection.state.status).toBe("open");
});

test("an error frame that nothing waits for is told by onError", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const told = firstOf<ClientError>((listener) => connection.onError(listener));
  const peer = await harness.server.welcomed();
  peer.send({ type: "error", code: "TOO_MANY", message: "Slow down.", re: "ping" });
  expect(await told).toMatchObject({ code: "TOO_MANY", message: "Slow down." });
});
