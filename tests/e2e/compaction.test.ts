import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { piAtLeast } from "../harness/pi-under-test.ts";
import { attachTo, messagesOf, openSession, play, settled, textOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

/** pi keeps this much of the conversation out of a summary. */
const compaction = { enabled: true, reserveTokens: 4000, keepRecentTokens: 200 };

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ demo: { contextWindow: 20_000, settings: { compaction } } });
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

async function longSession(): Promise<Session> {
  const session = await openSession(daemon);
  for (const name of ["first", "second", "third"]) await play(session, [{ text: name }, { tokens: 300 }]);
  return session;
}

test("compact: every client sees it under way, then the summary, with what came before still there", async () => {
  const session = await longSession();
  const second = await attachTo(daemon, session.session);
  const compacted = session.compact(script([{ gate: "compacting" }, { text: "A short summary." }]));
  await until(second, "the compaction", () => second.transcript.live.compaction !== null);
  const third = await attachTo(daemon, session.session);
  expect(third.transcript.live.compaction).toEqual(second.transcript.live.compaction);
  await daemon.model.gates.waitForArrival("compacting");
  // Newer versions may ask for a second part of the summary: the gate lets that pass as well.
  daemon.model.gates.open("compacting");
  daemon.model.gates.open("compacting");
  const { summary } = await compacted;
  expect(summary).toContain("A short summary.");
  for (const client of [session, second, third]) {
    await until(
      client,
      "the summary",
      () => client.transcript.live.compaction === null && client.transcript.items.length === 7,
    );
    expect(messagesOf(client).at(-1)).toMatchObject({ role: "compactionSummary", summary });
  }
  const late = await attachTo(daemon, session.session);
  expect(messagesOf(late).map(({ role }) => role)).toEqual(messagesOf(session).map(({ role }) => role));
  const messages = await play(session, [{ echo: "messages" }]);
  expect(textOf(messages.at(-1)).split(" ").length).toBeLessThan(7);
});

// Older versions answer the abort and go on compacting.
test.runIf(piAtLeast("0.85.0"))("abort during a compaction: it ends without a summary", async () => {
  const session = await longSession();
  const compacted = session.compact(script([{ gate: "abandoned" }, { text: "Never." }]));
  compacted.catch(() => {});
  await daemon.model.gates.waitForArrival("abandoned");
  await session.abort();
  await expect(compacted).rejects.toMatchObject({ command: "compact" });
  await until(session, "the end", () => session.transcript.live.compaction === null);
  expect(messagesOf(session).some(({ role }) => role === "compactionSummary")).toBe(false);
});

test("a context that is nearly full: pi compacts by itself, and the transcript shows it", async () => {
  const session = await longSession();
  await session.prompt(script([{ text: "Nearly full." }, { usage: { input: 19_000, output: 50 } }]));
  await until(session, "the summary", () => messagesOf(session).some(({ role }) => role === "compactionSummary"));
  await until(
    session,
    "the end",
    () => !session.transcript.live.running && session.transcript.live.compaction === null,
  );
  const messages = await play(session, [{ text: "Afterwards." }]);
  expect(textOf(messages.at(-1))).toBe("Afterwards.");
  const late = await attachTo(daemon, session.session);
  expect(messagesOf(late).map(({ role }) => role)).toEqual(messagesOf(session).map(({ role }) => role));
});

test("set_auto_compaction off: a context that is nearly full stays as it is", async () => {
  const session = await longSession();
  const second = await attachTo(daemon, session.session);
  await session.setAutoCompaction(false);
  await until(second, "the setting", () => second.transcript.live.pi?.autoCompactionEnabled === false);
  await session.prompt(script([{ text: "Nearly full." }, { usage: { input: 19_000, output: 50 } }]));
  await settled(session, 6);
  expect(messagesOf(session).some(({ role }) => role === "compactionSummary")).toBe(false);
  // A setting of pi's person, not of the session: it must not stay for the next test.
  await session.setAutoCompaction(true);
});
