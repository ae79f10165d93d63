import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, savedMessages, shown } from "../harness/normal.ts";
import { piAtLeast } from "../harness/pi-under-test.ts";
import {
  attachTo,
  connectTo,
  level,
  messagesOf,
  openSession,
  play,
  settled,
  textOf,
  textsOf,
  until,
  untilListed,
  untilSaid,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** Newer versions save a user's message at once: then there is nothing to offer. */
const savesAtOnce = piAtLeast("0.99.0");

type Session = Awaited<ReturnType<typeof openSession>>;

/** A session whose pi waits in the middle of an answer. */
async function inMidAnswer(gate: string, before: boolean): Promise<{ session: Session; pid: number; prompt: string }> {
  const session = await openSession(daemon);
  if (before) await play(session, [{ text: "Before." }]);
  const prompt = script([{ text: `Half of it at ${gate}` }, { gate }, { text: "." }]);
  await session.prompt(prompt);
  await untilSaid(session, "Half of it");
  return { session, pid: session.transcript.info?.pid as number, prompt };
}

async function settle(session: Session, action: "send" | "dismiss"): Promise<Response> {
  const [offer] = session.transcript.offered;
  return fetch(`${daemon.url}/api/sessions/${session.session}/offered/${offer?.id}`, {
    method: "POST",
    headers: { authorization: `Bearer ${daemon.token}`, "content-type": "application/json" },
    body: JSON.stringify({ action }),
  });
}

test("pi killed in mid-turn: every client is told, nothing stays in flight, and the next prompt starts pi again", async () => {
  const { session, pid } = await inMidAnswer("killed", true);
  const second = await attachTo(daemon, session.session);
  process.kill(pid, "SIGKILL");
  for (const client of [session, second]) {
    await until(client, "the news", () => client.transcript.caughtUp && client.transcript.info?.activity === "parked");
    expect(client.transcript.info?.lastExit).toMatchObject({
      signal: "SIGKILL",
      message: expect.stringContaining("SIGKILL") as unknown,
    });
    expect(client.transcript.live).toMatchObject({ running: false, message: null });
  }
  const messages = await play(second, [{ text: "Again." }]);
  expect(textOf(messages.at(-1))).toBe("Again.");
  expect(second.transcript.info?.pid).not.toBe(pid);
  expect(second.transcript.info?.lastExit).toBeUndefined();
  await level(session, second);
  expect(shown(session)).toEqual(shown(second));
  // A prompt is in the file or offered, never neither and never both.
  const saved = textsOf(savedMessages(fileOf(second)), "user").filter((text) => text.includes("Half of it"));
  expect(saved.length + second.transcript.offered.length).toBe(1);
});

test.skipIf(savesAtOnce)("pi killed before it saved anything, offer sent: the prompt runs, once", async () => {
  const { session, pid, prompt } = await inMidAnswer("unsaved-send", false);
  process.kill(pid, "SIGKILL");
  await until(session, "the offer", () => session.transcript.caughtUp && session.transcript.offered.length > 0);
  expect(session.transcript.offered).toMatchObject([{ text: prompt, images: 0 }]);
  const late = await attachTo(daemon, session.session);
  expect(late.transcript.offered).toEqual(session.transcript.offered);
  expect((await settle(session, "send")).status).toBe(204);
  await daemon.model.gates.waitForArrival("unsaved-send");
  daemon.model.gates.open("unsaved-send");
  await settled(session);
  await until(late, "no offer", () => late.transcript.offered.length === 0);
  expect(textsOf(messagesOf(session), "user")).toEqual([prompt]);
  expect(textsOf(savedMessages(fileOf(session)), "user")).toEqual([prompt]);
});

test.skipIf(savesAtOnce)(
  "pi killed before it saved anything, offer dismissed: it is gone for everybody, also after a restart",
  async () => {
    const { session, pid } = await inMidAnswer("unsaved-dismiss", false);
    process.kill(pid, "SIGKILL");
    await until(session, "the offer", () => session.transcript.caughtUp && session.transcript.offered.length > 0);
    expect((await settle(session, "dismiss")).status).toBe(204);
    await until(session, "no offer", () => session.transcript.offered.length === 0);
    await daemon.kill();
    await daemon.start();
    const late = await attachTo(daemon, session.session);
    expect(late.transcript.offered).toEqual([]);
    expect(messagesOf(late)).toEqual([]);
  },
);

test("pi and the daemon killed together before anything was saved: the next daemon offers the prompt", async () => {
  const { session, pid, prompt } = await inMidAnswer("unsaved-both", false);
  await daemon.kill();
  process.kill(pid, "SIGKILL");
  await daemon.start();
  await until(
    session,
    "the offer or the message",
    () => session.transcript.caughtUp && session.transcript.info?.activity === "parked",
  );
  const saved =
    session.transcript.info?.sessionFile === undefined ? [] : textsOf(savedMessages(fileOf(session)), "user");
  expect([...saved, ...session.transcript.offered.map(({ text }) => text)]).toEqual([prompt]);
});

test("commands that wait when pi is killed: each is answered with what happened", async () => {
  const session = await openSession(daemon);
  const { pid } = session.transcript.info as { pid: number };
  // pi cannot take its shell with it when it is killed like this: the shell ends by itself.
  const command = session.bash("for i in $(seq 200); do [ -e pi-is-gone ] && break; sleep 0.1; done");
  const refused = command.then(
    () => null,
    (error: unknown) => error,
  );
  await until(session, "the command", () => session.transcript.live.bash.size === 1);
  process.kill(pid, "SIGKILL");
  writeFileSync(join(daemon.folder, "pi-is-gone"), "");
  expect(await refused).toMatchObject({ code: "PI_EXITED", message: expect.stringContaining("SIGKILL") as unknown });
  await until(session, "the news", () => session.transcript.caughtUp && session.transcript.live.bash.size === 0);
});

test("pi suspended: it shows as stopped, prompts wait, and it goes on when it is continued", async () => {
  const session = await openSession(daemon);
  const watch = connectTo(daemon).watch();
  const pid = session.transcript.info?.pid as number;
  process.kill(pid, "SIGSTOP");
  await until(session, "the news", () => session.transcript.info?.activity === "stopped");
  await untilListed(watch, "the news", () => watch.sessions.get(session.session)?.activity === "stopped");
  const accepted = session.prompt(script([{ text: "Waited." }]));
  await daemon.kill();
  await daemon.start();
  const late = await attachTo(daemon, session.session);
  await until(late, "the news", () => late.transcript.info?.activity === "stopped");
  process.kill(pid, "SIGCONT");
  await accepted;
  expect((await settled(session)).map(textOf).at(-1)).toBe("Waited.");
  await until(session, "the news", () => session.transcript.info?.activity === "idle");
  expect(textsOf(savedMessages(fileOf(session)), "user")).toHaveLength(1);
});
