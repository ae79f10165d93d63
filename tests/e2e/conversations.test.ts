import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entriesOf, fileOf, shown } from "../harness/normal.ts";
import { piKnows } from "../harness/pi-under-test.ts";
import { attachTo, level, messagesOf, openSession, play, textOf, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

async function twoTurns(): Promise<{ session: Session; second: Session }> {
  const session = await openSession(daemon);
  await play(session, [{ text: "One." }]);
  await play(session, [{ text: "Two." }]);
  return { session, second: await attachTo(daemon, session.session) };
}

/** Waits until both clients show exactly these answers of the assistant. */
async function answers(clients: readonly Session[], expected: readonly string[]): Promise<void> {
  for (const client of clients) {
    await until(client, expected.join(" "), () => {
      const { transcript } = client;
      return (
        transcript.caughtUp && JSON.stringify(textsOf(messagesOf(client), "assistant")) === JSON.stringify(expected)
      );
    });
  }
}

test("new_session: both clients get an empty transcript, and go on in it", async () => {
  const { session, second } = await twoTurns();
  const old = fileOf(session);
  expect(await session.newSession()).toMatchObject({ cancelled: false });
  await answers([session, second], []);
  await play(second, [{ text: "Fresh." }]);
  await answers([session, second], ["Fresh."]);
  await until(session, "the new file", () => fileOf(session) !== old);
  expect(JSON.stringify(entriesOf(old))).toContain("Two.");
  await level(session, second);
  expect(shown(second)).toEqual(shown(session));
});

test("new_session in mid-turn: nothing of the old turn stays in flight", async () => {
  const { session, second } = await twoTurns();
  await session.prompt(script([{ text: "Interrupted" }, { gate: "left" }]));
  await daemon.model.gates.waitForArrival("left");
  await second.newSession();
  await answers([session, second], []);
  expect(session.transcript.live).toMatchObject({ running: false, message: null });
  expect((await play(session, [{ text: "After." }])).map(textOf).at(-1)).toBe("After.");
});

test("fork: both clients get the conversation before the chosen message, and its text comes back", async () => {
  const { session, second } = await twoTurns();
  const { messages } = await session.getForkMessages();
  expect(messages).toHaveLength(2);
  const forked = await session.fork(messages[1]?.entryId as string);
  expect(forked).toMatchObject({ cancelled: false, text: expect.stringContaining("Two.") as unknown });
  await answers([session, second], ["One."]);
  await play(session, [{ text: "Another two." }]);
  await answers([session, second], ["One.", "Another two."]);
  expect(messagesOf(second)).toEqual(messagesOf(session));
});

test("fork at the first message: both clients get an empty transcript", async () => {
  const { session, second } = await twoTurns();
  const { messages } = await session.getForkMessages();
  await second.fork(messages[0]?.entryId as string);
  await answers([session, second], []);
  await play(session, [{ text: "From the start." }]);
  await answers([session, second], ["From the start."]);
});

test("clone: both clients go on in a copy, in another file", async () => {
  const { session, second } = await twoTurns();
  const old = fileOf(session);
  await session.clone();
  await until(second, "the new file", () => second.transcript.caughtUp && fileOf(second) !== old);
  await answers([session, second], ["One.", "Two."]);
  await play(second, [{ text: "Three." }]);
  await answers([session, second], ["One.", "Two.", "Three."]);
  expect(JSON.stringify(entriesOf(old))).not.toContain("Three.");
});

test("switch_session: both clients get the other conversation", async () => {
  const { session, second } = await twoTurns();
  const first = fileOf(session);
  await session.newSession();
  await answers([session, second], []);
  await play(session, [{ text: "Elsewhere." }]);
  await answers([session, second], ["Elsewhere."]);
  expect(await second.switchSession(first)).toMatchObject({ cancelled: false });
  await answers([session, second], ["One.", "Two."]);
  await play(session, [{ text: "Back." }]);
  await answers([session, second], ["One.", "Two.", "Back."]);
});

test("switch_session to what is no session: it is refused before pi could overwrite it", async () => {
  const { session } = await twoTurns();
  await expect(session.switchSession("/etc/hostname")).rejects.toThrow(/session/i);
  await expect(session.switchSession("relative.jsonl")).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(session.switchSession(`${daemon.folder}/missing.jsonl`)).rejects.toThrow(/gone/i);
  await answers([session], ["One.", "Two."]);
});

test.runIf(piKnows("get_tree"))("get_tree and get_entries: tell the same entries as the file", async () => {
  const { session } = await twoTurns();
  const { entries, leafId } = await session.getEntries();
  const { tree, leafId: treeLeaf } = await session.getTree();
  expect(entries.map(({ id }) => id)).toEqual(
    entriesOf(fileOf(session))
      .slice(1)
      .map(({ id }) => id),
  );
  expect(treeLeaf).toBe(leafId);
  expect(tree).toHaveLength(1);
  const last = entries.at(-2)?.id as string;
  expect((await session.getEntries(last)).entries.map(({ id }) => id)).toEqual([entries.at(-1)?.id]);
});

test("prompts right after each switch: they go to the new conversation, in their order", async () => {
  const { session, second } = await twoTurns();
  const switched = session.newSession();
  const prompted = session.prompt(script([{ text: "In the new one." }]));
  await Promise.all([switched, prompted]);
  await answers([session, second], ["In the new one."]);
  expect(textsOf(messagesOf(second), "user")).toHaveLength(1);
});
