import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  attachTo,
  connectTo,
  messagesOf,
  openSession,
  play,
  settled,
  textOf,
  until,
  untilListed,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ demo: { retry: { enabled: true, maxRetries: 2, baseDelayMs: 20 } } });
});
afterAll(() => daemon.dispose());

/** A session with pi's wait before a retry so long that tests can look at it. */
async function slowDaemon(): Promise<TestDaemon> {
  return startTestDaemon({ demo: { retry: { enabled: true, maxRetries: 2, baseDelayMs: 600_000 } } });
}

test("HTTP 529 twice: pi retries by itself and the turn ends well, on every client", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  await session.prompt(script([{ http: 529, times: 2 }, { text: "At last." }]));
  for (const client of [session, second]) {
    await until(
      client,
      "the answer",
      () => textOf(messagesOf(client).at(-1)) === "At last." && !client.transcript.live.running,
    );
    expect(client.transcript.live.retry).toBeNull();
  }
  expect(messagesOf(second)).toEqual(messagesOf(session));
});

test("HTTP 529 for ever: after the last retry the error stands in the transcript and in the list", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ http: 529, message: "overloaded: much too busy" }, { text: "Never." }]));
  const failures = () =>
    messagesOf(session).filter((message) => (message as { stopReason?: string }).stopReason === "error");
  await until(session, "all attempts", () => failures().length === 3 && !session.transcript.live.running);
  expect(JSON.stringify(failures().at(-1))).toContain("much too busy");
  expect((await play(session, [{ text: "Better." }])).map(textOf).at(-1)).toBe("Better.");
});

test("abort_retry: a retry that waits is given up, for every client", async () => {
  const slow = await slowDaemon();
  try {
    const session = await openSession(slow);
    const second = await attachTo(slow, session.session);
    await session.prompt(script([{ http: 529 }, { text: "Never." }]));
    await until(second, "the retry", () => second.transcript.live.retry);
    expect(second.transcript.live).toMatchObject({ running: true, retry: { attempt: 1, maxAttempts: 2 } });
    const late = await attachTo(slow, session.session);
    expect(late.transcript.live).toMatchObject({ running: true, retry: { attempt: 1, maxAttempts: 2 } });
    await second.abortRetry();
    for (const client of [session, second, late]) {
      await until(client, "the end", () => client.transcript.live.retry === null && !client.transcript.live.running);
    }
  } finally {
    await slow.dispose();
  }
});

test("set_auto_retry off: the first error ends the turn", async () => {
  const session = await openSession(daemon);
  await session.setAutoRetry(false);
  const messages = await play(session, [{ http: 529 }, { text: "Never." }]);
  expect(messages.filter(({ role }) => role === "assistant")).toHaveLength(1);
  await session.setAutoRetry(true);
});

test("HTTP 400: it is no passing error, and the model's words are shown", async () => {
  const session = await openSession(daemon);
  const messages = await play(session, [{ http: 400, message: "this is not acceptable" }]);
  expect(messages.at(-1)).toMatchObject({ stopReason: "error" });
  expect(JSON.stringify(messages.at(-1))).toContain("this is not acceptable");
});

test("an error while nobody is attached: the list asks for attention with the error, until somebody looks", async () => {
  const session = await openSession(daemon);
  const { session: id } = session;
  const watch = connectTo(daemon).watch();
  await session.prompt(
    script([{ gate: "alone" }, { tool: "bash", args: { command: "true" } }, { http: 400, message: "gone wrong" }]),
  );
  await daemon.model.gates.waitForArrival("alone");
  session.detach();
  await untilListed(watch, "nobody there", () => watch.sessions.get(id)?.clients === 0);
  daemon.model.gates.open("alone");
  await untilListed(watch, "attention", () => watch.sessions.get(id)?.attention?.reason === "error");
  expect(watch.sessions.get(id)?.attention?.text).toContain("gone wrong");
  await attachTo(daemon, id);
  await untilListed(watch, "no attention", () => watch.sessions.get(id)?.attention === undefined);
});

test("a stream that breaks off: pi tries again and the half message does not stay in flight", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ text: "Half" }, { drop: true, times: 1 }, { text: " and whole." }]));
  await until(
    session,
    "the whole",
    () => textOf(messagesOf(session).at(-1)) === "Half and whole." && !session.transcript.live.running,
  );
  expect(session.transcript.live.message).toBeNull();
  const late = await attachTo(daemon, session.session);
  expect(messagesOf(late)).toEqual(messagesOf(session));
});

test("finish length: the message says why it ended", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ text: "Cut" }, { finish: "length" }]));
  const messages = await settled(session);
  expect(messages.at(-1)).toMatchObject({ stopReason: "length" });
});
