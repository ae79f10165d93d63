import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shown } from "../harness/normal.ts";
import { rpcDemo } from "../harness/pi-under-test.ts";
import {
  attachTo,
  connectTo,
  dialog,
  level,
  messagesOf,
  openSession,
  play,
  settled,
  textOf,
  textsOf,
  until,
  untilSaid,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", rpcDemo] });
});
afterAll(() => daemon.dispose());

test("two clients through a long conversation of every kind: they show the same at each step", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session, { coalesce: 30 });
  const same = async () => {
    await level(session, second);
    expect(shown(second)).toEqual(shown(session));
  };
  await play(session, [
    { think: "Hm." },
    { text: "One." },
    { tool: "bash", args: { command: "echo one" } },
    { text: "Two." },
  ]);
  await same();
  await second.bash("echo direct");
  await same();
  await session.setThinkingLevel("high");
  await session.setSessionName("both");
  await same();
  await second.prompt(
    script([{ text: "Waiting" }, { gate: "both" }, { tool: "bash", args: { command: "sudo x" } }, { text: "End." }]),
  );
  await untilSaid(session, "Waiting");
  await session.steer(script([{ text: "Steered." }]));
  await same();
  daemon.model.gates.open("both");
  const { id } = await dialog(second, "select");
  await same();
  second.answer(id, { value: "Block" });
  await settled(session, 9);
  await same();
  expect(textsOf(messagesOf(second), "assistant").at(-1)).toBe("Steered.");
});

test("a client that detaches in mid-turn and returns: it ends with what the one that stayed has", async () => {
  const session = await openSession(daemon);
  const connection = connectTo(daemon);
  const leaving = connection.attach(session.session);
  await leaving.ready;
  await session.prompt(
    script([
      { text: "A" },
      { gate: "left" },
      { tokens: 200 },
      { tool: "bash", args: { command: "echo away" } },
      { text: "B" },
      { gate: "back" },
      { text: "C" },
    ]),
  );
  await until(leaving, "the first words", () => leaving.transcript.live.message);
  leaving.detach();
  expect(leaving.transcript.status).toBe("detached");
  daemon.model.gates.open("left");
  await daemon.model.gates.waitForArrival("back");
  const returned = connection.attach(session.session);
  await returned.ready;
  await untilSaid(returned, "B");
  daemon.model.gates.open("back");
  await Promise.all([settled(session), settled(returned)]);
  await level(session, returned);
  expect(shown(returned)).toEqual(shown(session));
});

test("presence: each client hears who else is attached", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session, { client: { name: "other", version: "1" } });
  await until(session, "the other one", () => session.transcript.presence.some(({ client }) => client === "other"));
  second.detach();
  await until(session, "its leaving", () => session.transcript.presence.length === 1);
});

test("a session that does not exist: attaching says so, and the connection stays", async () => {
  const connection = connectTo(daemon);
  const missing = connection.attach("no-such-session");
  await expect(missing.ready).rejects.toMatchObject({ code: "SESSION_NOT_FOUND" });
  expect(missing.transcript.status).toBe("gone");
  const session = await openSession(daemon);
  const here = connection.attach(session.session);
  await here.ready;
  expect(textOf((await play(here, [{ text: "Here." }])).at(-1))).toBe("Here.");
});

test("a wrong token: the connection is refused for good", async () => {
  const connection = connectTo({ url: daemon.url, token: "wrong" });
  await expect(connection.ready).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(connection.state.status).toBe("closed");
});

test("one connection with several sessions: their events do not mix", async () => {
  const connection = connectTo(daemon);
  const ids = await Promise.all([openSession(daemon), openSession(daemon), openSession(daemon)]);
  const attachments = ids.map(({ session }) => connection.attach(session));
  await Promise.all(attachments.map(({ ready }) => ready));
  await Promise.all(
    attachments.map((attachment, index) => play(attachment, [{ tokens: 300 }, { text: ` session ${index}` }])),
  );
  for (const [index, attachment] of attachments.entries()) {
    expect(textsOf(messagesOf(attachment), "assistant")).toEqual([
      expect.stringMatching(new RegExp(`session ${index}$`)),
    ]);
  }
});
