import { script } from "@pier/demo-model";
import { expect, onTestFinished, test } from "vitest";
import {
  attachTo,
  connectTo,
  level,
  messagesOf,
  openSession,
  play,
  restOf,
  settled,
  textOf,
  textsOf,
  until,
  untilListed,
  untilSaid,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";

async function testDaemon(): Promise<TestDaemon> {
  const daemon = await startTestDaemon();
  onTestFinished(() => daemon.dispose());
  return daemon;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("the daemon is stopped in order: pi ends, sessions are parked, and start again on first use", async () => {
  const daemon = await testDaemon();
  const session = await openSession(daemon, { name: "parks" });
  await play(session, [{ text: "Before." }, { tool: "bash", args: { command: "echo b" } }, { text: "End." }]);
  const before = messagesOf(session);
  const { pid } = session.transcript.info as { pid: number };
  await daemon.stop();
  expect(alive(pid)).toBe(false);
  await daemon.start();
  const watch = connectTo(daemon).watch();
  await untilListed(watch, "the session", () => watch.sessions.get(session.session)?.activity === "parked");
  expect(watch.sessions.get(session.session)).toMatchObject({ status: "live", name: "parks" });
  const late = await attachTo(daemon, session.session);
  expect(messagesOf(late)).toEqual(before);
  expect(watch.sessions.get(session.session)?.activity).toBe("parked");
  const messages = await play(late, [{ echo: "messages" }]);
  expect(textOf(messages.at(-1))).toContain("user assistant tool assistant user");
  await level(session, late);
  expect(messagesOf(session)).toEqual(messagesOf(late));
  expect(textsOf(messagesOf(late), "user")).toHaveLength(2);
});

test("a daemon that is stopped while it still looks through what an earlier one left: pi ends all the same", async () => {
  const daemon = await testDaemon();
  const session = await openSession(daemon);
  await play(session, [{ tokens: 30_000 }]);
  const { pid } = session.transcript.info as { pid: number };
  await daemon.kill();
  await daemon.start();
  await daemon.stop();
  // It was not the last daemon's child: who adopted it may take a moment to let it go.
  await poll(() => !alive(pid), "the end of pi");
});

test("every process is killed at once, as when the machine goes down: the session is parked with what pi saved", async () => {
  const daemon = await testDaemon();
  const session = await openSession(daemon);
  await play(session, [{ text: "Saved." }]);
  await session.prompt(script([{ text: "Lost in mid-sentence" }, { gate: "never" }]));
  await untilSaid(session, "mid-sentence");
  const { pid } = session.transcript.info as { pid: number };
  await daemon.kill();
  process.kill(pid, "SIGKILL");
  await poll(() => !alive(pid), "the end of pi");
  await daemon.start();
  const late = await attachTo(daemon, session.session);
  expect(late.transcript.info?.activity).toBe("parked");
  expect(late.transcript.live).toMatchObject({ running: false, message: null });
  expect(textsOf(messagesOf(late), "assistant")).toEqual(["Saved."]);
  expect((await play(late, [{ text: "And on." }])).map(textOf).at(-1)).toBe("And on.");
  await level(session, late);
  expect(messagesOf(session)).toEqual(messagesOf(late));
});

test("an ephemeral session whose process is gone with the machine: nothing of it is left", async () => {
  const daemon = await testDaemon();
  const session = await openSession(daemon, { ephemeral: true });
  await play(session, [{ text: "Passing." }]);
  const { pid } = session.transcript.info as { pid: number };
  await daemon.kill();
  process.kill(pid, "SIGKILL");
  await poll(() => !alive(pid), "the end of pi");
  await daemon.start();
  await expect(connectTo(daemon).attach(session.session).ready).rejects.toMatchObject({ code: "SESSION_NOT_FOUND" });
  expect(await restOf(daemon).list()).toEqual([]);
  await expect(until(session, "the news", () => false)).rejects.toMatchObject({ code: "SESSION_NOT_FOUND" });
});

test("a parked session that never saved anything: it starts anew on first use", async () => {
  const daemon = await testDaemon();
  const session = await openSession(daemon);
  await daemon.stop();
  await daemon.start();
  const late = await attachTo(daemon, session.session);
  expect(messagesOf(late)).toEqual([]);
  await late.prompt(script([{ text: "First words." }]));
  await settled(late);
  expect(textsOf(messagesOf(late), "assistant")).toEqual(["First words."]);
  // The prompt that started pi reaches it once: whatever came after it would stand behind another one.
  await play(late, [{ text: "Second words." }]);
  expect(textsOf(messagesOf(late), "assistant")).toEqual(["First words.", "Second words."]);
});

test("several daemons one after the other: the same pi serves them all", async () => {
  const daemon = await testDaemon();
  const session = await openSession(daemon);
  const { pid } = session.transcript.info as { pid: number };
  for (const round of [1, 2, 3]) {
    await daemon.kill();
    await daemon.start();
    await until(session, "the connection", () => session.transcript.caughtUp);
    await play(session, [{ text: `Round ${round}.` }]);
    expect(session.transcript.info?.pid).toBe(pid);
  }
  expect(textsOf(messagesOf(session), "assistant")).toEqual(["Round 1.", "Round 2.", "Round 3."]);
});
