import { expect, test } from "vitest";
import type { Change, ClientError } from "../src/index.ts";
import { attached, events, item, reply, said, sessionInfo, texts, user } from "./support/frames.ts";
import { changeOf, firstOf, Harness, stateOf } from "./support/harness.ts";

test("attach asks with the window, and shows the snapshot and the events after it", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const attachment = connection.attach("s", { window: { messages: 5 } });
  expect(attachment.transcript.status).toBe("attaching");
  const peer = await harness.server.welcomed();
  expect(await peer.next("attach")).toEqual({ type: "attach", session: "s", window: { messages: 5 } });
  peer.send(attached({ seq: 10, messages: [item("j1", "old")] }), events(20, ...said("new")));
  await changeOf(attachment, "items");
  expect(attachment.transcript).toMatchObject({ status: "live", caughtUp: true, cursor: { epoch: "e1", seq: 20 } });
  expect(texts(attachment.transcript.items)).toEqual(["old", "new"]);
});

test("attach, connection cut, asks with the cursor, keeps all on replay and applies only what is new", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  const { transcript } = attachment;
  peer.send(events(20, ...said("a")));
  await changeOf(attachment, "items");
  const { items, live } = transcript;
  const next = await harness.reconnect(connection, peer);
  expect([transcript.status, texts(items)]).toEqual(["attaching", ["a"]]);
  expect(await next.next("attach")).toEqual({ type: "attach", session: "s", cursor: { epoch: "e1", seq: 20 } });
  const changes: Change[] = [];
  attachment.subscribe((change) => changes.push(change));
  next.send(attached({ mode: "replay", seq: 40 }), events(20, ...said("a")), events(30, ...said("b")));
  await changeOf(attachment, "items");
  expect(transcript.caughtUp).toBe(false);
  next.send(events(40, ...said("c")));
  await changeOf(attachment, "items");
  expect(transcript.caughtUp).toBe(true);
  expect(texts(transcript.items)).toEqual(["a", "b", "c"]);
  expect([transcript.items, transcript.live]).toEqual([items, live]);
  expect(changes.filter(({ kind }) => kind === "items")).toEqual([
    { kind: "items", from: 1 },
    { kind: "items", from: 2 },
  ]);
  expect(changes.map(({ kind }) => kind)).not.toContain("reset");
});

test("attach, a replay whose last record was no event, is caught up after a round trip", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  const next = await harness.reconnect(connection, peer);
  await next.next("attach");
  const caughtUp = changeOf(attachment, "status", () => attachment.transcript.caughtUp);
  next.send(attached({ mode: "replay", seq: 40, queue: { steering: ["q"], followUp: [] } }), events(30, ...said("b")));
  await next.pong();
  await caughtUp;
  expect(attachment.transcript.live.queue).toEqual({ steering: ["q"], followUp: [] });
});

test("attach, connection cut, a snapshot replaces everything", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  peer.send(events(20, ...said("a")));
  await changeOf(attachment, "items");
  const next = await harness.reconnect(connection, peer);
  await next.next("attach");
  const changes = Promise.all([changeOf(attachment, "reset"), changeOf(attachment, "items")]);
  next.send(attached({ epoch: "e2", seq: 5, messages: [item("s0", "other")] }), events(6, ...said("b")));
  await changes;
  expect(texts(attachment.transcript.items)).toEqual(["other", "b"]);
  expect(attachment.transcript.items.map(({ key }) => key)).toEqual(["s0", "e:e2:6:1"]);
});

test("attach, many sessions, are all asked for again after each welcome", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  connection.attach("a");
  let peer = await harness.server.welcomed();
  await stateOf(connection, "open");
  connection.attach("b");
  for (let round = 0; round < 2; round++) {
    expect([(await peer.next("attach")).session, (await peer.next("attach")).session]).toEqual(["a", "b"]);
    peer = await harness.reconnect(connection, peer);
  }
});

test("resync ignores events until the snapshot that follows", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  const status = changeOf(attachment, "status");
  peer.send({ type: "resync", session: "s", reason: "slow" });
  await status;
  expect(attachment.transcript).toMatchObject({ status: "attaching", cursor: null });
  const reset = changeOf(attachment, "reset");
  peer.send(events(20, ...said("lost")), attached({ seq: 30, messages: [item("j1", "whole")] }));
  await reset;
  expect(texts(attachment.transcript.items)).toEqual(["whole"]);
});

test("resync, connection cut before the snapshot, attaches without a cursor", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  peer.send({ type: "resync", session: "s", reason: "switched" });
  await changeOf(attachment, "status");
  const next = await harness.reconnect(connection, peer);
  expect(await next.next("attach")).toEqual({ type: "attach", session: "s" });
});

test("a frame that cannot be applied drops the connection, and the next attach asks for a snapshot", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  peer.send(events(20, ...said("a")), events(30, { type: 1 } as never));
  const { reason } = await stateOf(connection, "waiting");
  expect(reason.code).toBe("BAD_FRAME");
  expect(texts(attachment.transcript.items)).toEqual(["a"]);
  harness.timers.advance(0);
  const next = await harness.server.welcomed();
  expect(await next.next("attach")).toEqual({ type: "attach", session: "s" });
});

test("a dialog is answered from here: it stays until the daemon confirms", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  const dialog = { id: "d1", method: "select", title: "Which?", options: ["a", "b"] };
  peer.send({ type: "extension_ui_request", session: "s", seq: 5, ...dialog });
  await changeOf(attachment, "ui");
  expect([...attachment.transcript.ui.dialogs.values()]).toEqual([dialog]);
  expect(attachment.answer("d1", { value: "a" })).toBe(true);
  expect(await peer.next("extension_ui_response")).toEqual({
    type: "extension_ui_response",
    session: "s",
    id: "d1",
    value: "a",
  });
  expect(attachment.transcript.ui.dialogs.size).toBe(1);
  peer.send({ type: "extension_ui_resolved", session: "s", id: "d1", reason: "answered" });
  expect((await changeOf(attachment, "ui")).closed).toEqual({ id: "d1", reason: "answered" });
  expect(attachment.transcript.ui.dialogs.size).toBe(0);
});

test("a dialog answered elsewhere closes here and cannot be answered any more", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  peer.send({ type: "extension_ui_request", session: "s", seq: 5, id: "d1", method: "confirm" });
  await changeOf(attachment, "ui");
  peer.send({ type: "extension_ui_resolved", session: "s", id: "d1", reason: "answered" });
  await changeOf(attachment, "ui");
  expect(attachment.answer("d1", { confirmed: true })).toBe(false);
  expect(peer.unread).toEqual([]);
});

test("an answer given without a connection is sent if the dialog is still open then", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  for (const [at, id] of ["d1", "d2"].entries()) {
    peer.send({ type: "extension_ui_request", session: "s", seq: 5 + at, id, method: "confirm" });
    await changeOf(attachment, "ui");
  }
  peer.cut();
  await stateOf(connection, "waiting");
  expect(attachment.answer("d1", { confirmed: true })).toBe(true);
  expect(attachment.answer("d2", { cancelled: true })).toBe(true);
  harness.timers.advance(0);
  const next = await harness.server.welcomed();
  await next.next("attach");
  next.send(attached({ mode: "replay", seq: 6, dialogs: [{ id: "d2", method: "confirm" }] }));
  expect(await next.next("extension_ui_response")).toMatchObject({ id: "d2", cancelled: true });
  expect(next.unread).toEqual([]);
});

test("loadOlder puts pages in front until there are none, one request at a time", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const attachment = connection.attach("s");
  const peer = await harness.server.welcomed();
  await peer.next("attach");
  peer.send(attached({ seq: 9, messages: [item("c")], before: "c" }));
  await attachment.ready;
  const first = attachment.loadOlder();
  expect(attachment.loadOlder()).toBe(first);
  expect(await peer.next("history")).toEqual({ type: "history", session: "s", before: "c" });
  const change = changeOf(attachment, "older");
  peer.send({ type: "history", session: "s", messages: [item("a"), item("b")], before: "a" });
  expect([await first, await change]).toEqual([2, { kind: "older", count: 2 }]);
  const second = attachment.loadOlder();
  expect((await peer.next("history")).before).toBe("a");
  peer.send({ type: "history", session: "s", messages: [item("0")] });
  expect(await second).toBe(1);
  expect(texts(attachment.transcript.items)).toEqual(["0", "a", "b", "c"]);
  expect([attachment.transcript.hasOlder, await attachment.loadOlder()]).toEqual([false, 0]);
  expect(peer.unread).toEqual([]);
});

test("loadOlder, connection cut, asks again after a replay; a late page does not reach a snapshot", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  const snapshot = attached({ seq: 9, messages: [item("c")], before: "c" });
  peer.send({ type: "resync", session: "s", reason: "slow" }, snapshot);
  await changeOf(attachment, "reset");
  const page = attachment.loadOlder();
  await peer.next("history");
  const next = await harness.reconnect(connection, peer);
  await next.next("attach");
  next.send(attached({ mode: "replay", seq: 9 }));
  expect((await next.next("history")).before).toBe("c");
  next.send(
    { type: "resync", session: "s", reason: "slow" },
    { ...snapshot, seq: 12, messages: [item("n")], before: "n" },
  );
  expect(await page).toBe(0);
  next.send({ type: "history", session: "s", messages: [item("stale")] });
  const fresh = attachment.loadOlder();
  expect((await next.next("history")).before).toBe("n");
  next.send({ type: "history", session: "s", messages: [item("m")] });
  expect(await fresh).toBe(1);
  expect(texts(attachment.transcript.items)).toEqual(["m", "n"]);
});

test("loadOlder, position gone, attaches anew; any other refusal rejects", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  peer.send(attached({ seq: 9, messages: [item("c")], before: "c" }));
  await changeOf(attachment, "reset");
  const refusal = { type: "error", session: "s", re: "history", message: "No." };
  const refused = attachment.loadOlder();
  await peer.next("history");
  peer.send({ ...refusal, code: "INTERNAL" });
  await expect(refused).rejects.toMatchObject({ code: "INTERNAL", message: "No." });
  const gone = attachment.loadOlder();
  await peer.next("history");
  peer.send({ ...refusal, code: "HISTORY_GONE" });
  expect(await peer.next("attach")).toEqual({ type: "attach", session: "s" });
  peer.send(attached({ seq: 9, messages: [item("d")], before: "d" }));
  expect(await gone).toBe(0);
  expect(texts(attachment.transcript.items)).toEqual(["d"]);
});

test("detach tells the daemon; frames on their way do not reach a new attachment to the same session", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  expect(() => connection.attach("s")).toThrow(expect.objectContaining({ code: "ATTACHED_ALREADY" }));
  attachment.detach();
  attachment.detach();
  expect(attachment.transcript).toMatchObject({ status: "detached", error: null });
  const again = connection.attach("s");
  await peer.next("detach");
  await peer.next("attach");
  peer.send(events(20, ...said("late")), attached({ seq: 20, messages: [item("late")] }));
  peer.send({ type: "detached", session: "s" }, attached({ seq: 20, messages: [item("right")] }));
  await again.ready;
  expect(texts(again.transcript.items)).toEqual(["right"]);
  expect(attachment.transcript.items).toEqual([]);
  expect(peer.unread).toEqual([]);
});

test("attach, its signal aborted, detaches; ended otherwise, it lets go of the signal", async () => {
  await using harness = await Harness.start();
  const { connection, peer } = await harness.attach();
  const controller = new AbortController();
  const attachment = connection.attach("t", { signal: controller.signal });
  await peer.next("attach");
  controller.abort();
  await peer.next("detach");
  await expect(attachment.ready).rejects.toMatchObject({ code: "DETACHED" });
  const aborted = connection.attach("u", { signal: AbortSignal.abort() });
  expect(aborted.transcript.status).toBe("detached");
});

test.each([
  [
    { type: "error", session: "s", re: "attach", code: "SESSION_NOT_FOUND", message: "No." },
    "gone",
    "SESSION_NOT_FOUND",
  ],
  [{ type: "error", session: "s", re: "attach", code: "FORBIDDEN", message: "No." }, "detached", "FORBIDDEN"],
  [{ type: "detached", session: "s", reason: "The session was deleted." }, "gone", "SESSION_NOT_FOUND"],
])("attach, answered with %j, ends %s", async (frame, status, code) => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const attachment = connection.attach("s");
  const refusal = attachment.prompt("x").catch((error: unknown) => error);
  const peer = await harness.server.welcomed();
  await peer.next("attach");
  peer.send(frame);
  await expect(attachment.ready).rejects.toMatchObject({ code });
  expect(await refusal).toMatchObject({ code });
  expect(attachment.transcript).toMatchObject({ status, error: { code } });
  connection.attach("s");
  await peer.next("attach");
});

test("news of a session: info, offered prompts, presence, momentary requests", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  const { transcript } = attachment;
  const info = sessionInfo({ name: "new" });
  const offered = [{ id: "p1", text: "again?", images: 0 }];
  peer.send({ type: "session", session: "s", info, offered });
  await changeOf(attachment, "info");
  expect([transcript.info, transcript.offered]).toEqual([info, offered]);
  peer.send({ type: "presence", session: "s", clients: [{ device: "phone", client: "web" }] });
  await changeOf(attachment, "presence");
  expect(transcript.presence).toEqual([{ device: "phone", client: "web" }]);
  peer.send({ type: "extension_ui_request", session: "s", seq: 5, id: "n", method: "notify", message: "done" });
  expect(await changeOf(attachment, "notice")).toMatchObject({ missed: false, request: { message: "done" } });
});

test("an event in flight is seen at once, before its message ends", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  peer.send(events(5, { type: "agent_start" }, { type: "message_start", message: user("") }));
  await changeOf(attachment, "live");
  expect(attachment.transcript.live).toMatchObject({ running: true, message: { start: user("") } });
  expect(attachment.transcript.items).toEqual([]);
});

test("an error about a dialog somebody else answered is no news; another one is", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  const told = firstOf<ClientError>((listener) => connection.onError(listener));
  const refusal = { type: "error", session: "s", re: "extension_ui_response", message: "No." };
  peer.send({ ...refusal, code: "DIALOG_NOT_FOUND" }, { ...refusal, code: "FORBIDDEN" });
  expect((await told).code).toBe("FORBIDDEN");
  const state = attachment.getState();
  peer.send(reply((await peer.next("command")).payload.id));
  await state;
});

test("look: told once, kept over a reconnection, and part of the attach itself when nobody looks at first", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const attachment = connection.attach("s", { looking: false });
  const peer = await harness.server.welcomed();
  expect(await peer.next("attach")).toEqual({ type: "attach", session: "s", looking: false });
  peer.send(attached());
  await attachment.ready;
  attachment.look(false);
  attachment.look(true);
  expect(await peer.next("look")).toEqual({ type: "look", session: "s", looking: true });
  const next = await harness.reconnect(connection, peer);
  expect(await next.next("attach")).not.toHaveProperty("looking");
});
