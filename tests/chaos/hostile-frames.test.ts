import { connect } from "node:net";
import { limits } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { between, seeded } from "../harness/random.ts";
import { openRaw, welcomedRaw } from "../harness/raw-client.ts";
import { attachTo, messagesOf, openSession, play, textOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

/** The neighbour still works, and its daemon is the same process. */
async function unharmed(neighbour: Session, pid: number, words: string): Promise<void> {
  expect(daemon.pid).toBe(pid);
  expect(textOf((await play(neighbour, [{ text: words }])).at(-1))).toBe(words);
}

const hello = (members: object): object => ({
  type: "hello",
  protocolVersion: 2,
  clientId: "x",
  auth: { token: daemon.token },
  ...members,
});

/** What does not say that version 2 is meant is answered as version 1 has it: with 1002. */
const early: { what: string; frame(): unknown; code: number }[] = [
  { what: "a binary frame", frame: () => Buffer.from([0, 255, 254]), code: 4400 },
  { what: "a number", frame: () => "7", code: 1002 },
  { what: "a list", frame: () => "[]", code: 1002 },
  { what: "null", frame: () => "null", code: 1002 },
  {
    what: "a command before hello",
    frame: () => ({ type: "command", session: "s", payload: { type: "prompt", message: "hi" } }),
    code: 4400,
  },
  { what: "an attach before hello", frame: () => ({ type: "attach", session: "s" }), code: 4400 },
  { what: "a ping before hello", frame: () => ({ type: "ping" }), code: 4400 },
  {
    what: "a hello without a credential",
    frame: () => ({ type: "hello", protocolVersion: 2, clientId: "x" }),
    code: 4401,
  },
  { what: "a hello with a wrong token", frame: () => hello({ auth: { token: "wrong" } }), code: 4401 },
  { what: "a hello of version 3", frame: () => hello({ protocolVersion: 3 }), code: 1002 },
  { what: "a hello with a version that is a text", frame: () => hello({ protocolVersion: "2" }), code: 1002 },
  { what: "a hello without a client id", frame: () => hello({ clientId: undefined }), code: 4400 },
  { what: "a hello with a coalescing interval that is none", frame: () => hello({ coalesce: -1 }), code: 4400 },
  {
    what: "a hello above the limit before hello",
    frame: () => hello({ clientId: "x".repeat(limits.preHelloFrame) }),
    code: 1009,
  },
];

test.each(early)("before hello, $what: closed with $code", async ({ frame, code }) => {
  const client = await openRaw(daemon);
  const sent = frame();
  if (Buffer.isBuffer(sent)) client.socket.send(sent);
  else client.send(sent as object | string);
  expect(await client.end()).toBe(code);
});

test.each(["", "{", "\u0000", '{"type":"hello"'])(
  "before hello, no JSON (%j): it is answered, and a good hello may follow",
  async (text) => {
    const client = await openRaw(daemon);
    client.send(text);
    await client.frame("an error", ({ type }) => type === "error");
    client.send(hello({}));
    await client.frame("welcome", ({ type }) => type === "welcome");
  },
);

test("a hundred hostile frames after hello: each is answered or closes its own connection, and neighbours are unharmed", async () => {
  const neighbour = await openSession(daemon);
  const { session } = neighbour;
  const { pid } = daemon;
  const random = seeded(3);
  const deep = `{"type":"command","session":"${session}","payload":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}`;
  const fixed: (string | object | Buffer)[] = [
    "",
    "{",
    "nul",
    "\u0000",
    "[[[[",
    deep,
    { type: "hello", protocolVersion: 2, clientId: "again" },
    { type: "constructor" },
    { type: "__proto__" },
    { type: ["ping"] },
    { type: "attach" },
    { type: "attach", session: 7 },
    { type: "attach", session: "../../etc" },
    { type: "attach", session, cursor: { epoch: "x", seq: -1 } },
    { type: "attach", session, cursor: { epoch: "x", seq: 1e300 } },
    { type: "attach", session, cursor: { epoch: "x".repeat(10_000), seq: 0 } },
    { type: "attach", session, window: { bytes: -5 } },
    { type: "attach", session, window: { messages: 1e9, bytes: 1e12 } },
    { type: "detach", session: "never attached" },
    { type: "detach", session },
    { type: "command", session, payload: null },
    { type: "command", session, payload: [] },
    { type: "command", session, payload: {} },
    { type: "command", session, payload: { type: 7 } },
    { type: "command", session, payload: { type: "get_state", id: { deep: [1] } } },
    { type: "command", session, payload: { type: "get_state", id: "x".repeat(5_000) } },
    { type: "command", session, payload: { type: "prompt" } },
    { type: "command", session, payload: { type: "prompt", message: 7 } },
    { type: "command", session, payload: { type: "prompt", message: { a: 1 } } },
    { type: "command", session, payload: { type: "bash", command: 7 } },
    { type: "command", session, payload: { type: "switch_session", sessionPath: 7 } },
    { type: "command", session, payload: { type: "switch_session", sessionPath: "/etc/passwd" } },
    { type: "command", session, payload: { type: "pier_note", note: "barrier" } },
    { type: "command", session: "nowhere", payload: { type: "get_state" } },
    { type: "extension_ui_response", session, id: "none", cancelled: true },
    { type: "extension_ui_response", session, id: "none" },
    { type: "extension_ui_response", session, id: "none", value: "a", confirmed: true },
    { type: "history", session, before: "j:99999999" },
    { type: "history", session, before: "f:-1" },
    { type: "history", session, before: "\n" },
    { type: "watch", topic: "everything" },
    { type: "watch", topic: 1 },
    Buffer.from([1, 2, 3]),
    Buffer.alloc(100_000, 255),
    `{"type":"ping","x":"\ud800"}`,
    `{"type":"command","session":"${session}","payload":{"type":"get_state","id":"1\n2"}}`,
    `{"type":"command","session":"${session}","payload":{"type":"get_state",\n"id":"1"\n}}\n{"type":"abort"}`,
    `{"type":"command","session":"${session}","payload":{"type":"get_commands",\n"id":"line\\nfeed"\n}}`,
  ];
  const valid = JSON.stringify({ type: "command", session, payload: { type: "get_state", id: "1" } });
  const mutated = Array.from({ length: 110 - fixed.length }, () => {
    const at = between(random, 0, valid.length - 1);
    return valid.slice(0, at) + String.fromCharCode(between(random, 1, 255)) + valid.slice(at + between(random, 0, 3));
  });
  const frames = [...fixed, ...mutated];
  expect(frames.length).toBeGreaterThanOrEqual(100);
  let client = await welcomedRaw(daemon, "hostile");
  let pings = 0;
  for (const frame of frames) {
    if (Buffer.isBuffer(frame)) client.socket.send(frame);
    else client.send(frame);
    client.send({ type: "ping" });
    // Either the connection lives and answers, or it was closed: never silence.
    pings++;
    const answered = client.frame(
      "an answer",
      ({ type }) => type === "pong" && client.frames.filter((one) => one.type === "pong").length >= pings,
    );
    const closed = await Promise.race([answered.then(() => false), client.end().then(() => true)]);
    answered.catch(() => {});
    if (closed) {
      client = await welcomedRaw(daemon, "hostile");
      pings = 0;
    }
  }
  await unharmed(neighbour, pid, "Unharmed.");
  const late = await attachTo(daemon, session);
  expect(messagesOf(late)).toEqual(messagesOf(neighbour));
});

test("a frame above the limit after hello: closes that connection with 1009", async () => {
  const neighbour = await openSession(daemon);
  const { pid } = daemon;
  const client = await welcomedRaw(daemon, "huge");
  client.send(`{"type":"ping","x":"${"x".repeat(limits.frame)}"}`);
  expect(await client.end()).toBe(1009);
  await unharmed(neighbour, pid, "Still.");
});

test("more frames in a second than the limit: that connection alone suffers", async () => {
  const neighbour = await openSession(daemon);
  const { pid } = daemon;
  const client = await welcomedRaw(daemon, "fast");
  for (let sent = 0; sent < limits.framesPerSecond * 4; sent++) client.send({ type: "ping" });
  expect(await client.end()).toBe(4429);
  await unharmed(neighbour, pid, "Calm.");
});

test("sockets that break off in the middle of a frame or of the upgrade: neighbours are unharmed", async () => {
  const neighbour = await openSession(daemon);
  const { pid } = daemon;
  const port = Number(new URL(daemon.url).port);
  const pieces = [
    "GET /ws HTTP/1.1\r\nHost: x",
    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "\u0016\u0003\u0001",
    "\r\n\r\n",
    "POST /api/sessions HTTP/1.1\r\nContent-Length: 99\r\n\r\n{",
  ];
  await Promise.all(
    pieces.map(
      (piece) =>
        new Promise<void>((resolve) => {
          const socket = connect(port, "127.0.0.1", () => socket.write(piece, () => socket.resetAndDestroy()));
          socket.on("error", () => {});
          socket.on("close", () => resolve());
        }),
    ),
  );
  const client = await welcomedRaw(daemon, "torn");
  const raw = (client.socket as unknown as { _socket: { write(bytes: Buffer): void; destroy(): void } })._socket;
  raw.write(Buffer.from([0x81, 0xfe, 0x10, 0x00, 1, 2, 3, 4, 0x7b]));
  raw.destroy();
  await unharmed(neighbour, pid, "Whole.");
});
