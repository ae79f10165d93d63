import type { WebSocketConstructor } from "@pier/client";
import { script } from "@pier/demo-model";
import { limits } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { shown } from "../harness/normal.ts";
import { piAtLeast } from "../harness/pi-under-test.ts";
import { welcomedRaw } from "../harness/raw-client.ts";
import { attachTo, level, messagesOf, openSession, play, settled, textsOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** Older versions repeat the whole message in every record: a tenth of the deltas makes them say as much. */
const repeats = !piAtLeast("0.84.0");
const deltas = repeats ? 1_000 : 20_000;

/** 2 MB of text in one message. */
const flood = repeats ? { tokens: 40, size: 10_000 } : { tokens: 1_000, size: 400 };

test("a flood: pi says as much as it can, and clients of every kind end equal", async () => {
  const session = await openSession(daemon);
  const coalescing = await attachTo(daemon, session.session, { coalesce: 200 });
  await session.prompt(
    script([
      { tokens: deltas },
      { tool: "bash", args: { command: "seq 1 100000" } },
      { tokens: deltas, thinking: true },
      { text: "Dry." },
    ]),
  );
  await Promise.all([settled(session), settled(coalescing)]);
  await level(session, coalescing);
  expect(shown(coalescing)).toEqual(shown(session));
  expect(textsOf(messagesOf(session), "assistant").at(-1)).toBe("Dry.");
});

test("a client that stops reading while pi streams: the others go on, it is told to begin anew, and then is equal", async () => {
  const session = await openSession(daemon);
  const sockets: WebSocket[] = [];
  const Pausable = class extends WebSocket {
    constructor(address: string) {
      super(address, { perMessageDeflate: false });
      sockets.push(this);
    }
  };
  const slow = await attachTo(daemon, session.session, { WebSocket: Pausable as unknown as WebSocketConstructor });
  let resyncs = 0;
  slow.subscribe(({ kind }) => {
    if (kind === "reset") resyncs++;
  });
  const raw = await welcomedRaw(daemon, "slow");
  raw.send({ type: "attach", session: session.session });
  await raw.frame("attached", ({ type }) => type === "attached");
  const first = sockets[0] as WebSocket;
  first.pause();
  raw.socket.pause();
  for (let turn = 0; turn < 4; turn++) await play(session, [flood, { text: ` ${turn}` }]);
  first.resume();
  raw.socket.resume();
  expect(await raw.frame("resync", ({ type }) => type === "resync")).toMatchObject({ reason: "slow" });
  await raw.frame(
    "attached again",
    (frame) => frame.type === "attached" && frame !== raw.frames.find(({ type }) => type === "attached"),
  );
  await level(session, slow);
  expect(resyncs).toBeGreaterThan(0);
  expect(sockets).toHaveLength(1);
  const { items: _slow, ...here } = shown(slow) as { items: unknown };
  const { items: _all, ...there } = shown(session) as { items: unknown };
  expect(here).toEqual(there);
  const heard = raw.frames.reduce((bytes, frame) => bytes + JSON.stringify(frame).length, 0);
  expect(heard).toBeLessThan(limits.connectionQueue * 6);
  await play(slow, [{ text: "Both again." }]);
  await level(session, slow);
  expect(messagesOf(slow).at(-1)).toEqual(messagesOf(session).at(-1));
});
