import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf } from "../harness/normal.ts";
import { attachTo, messagesOf, openSession, play, restOf, textOf, textsOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** A closed session of two turns. */
async function closedSession(): Promise<{ id: string; file: string }> {
  const session = await openSession(daemon);
  await play(session, [{ text: "One." }]);
  await play(session, [{ text: "Two." }]);
  const file = fileOf(session);
  await restOf(daemon).kill(session.session);
  return { id: session.session, file };
}

test.each([
  { what: "gone", spoil: (file: string) => rmSync(file), says: /gone/ },
  { what: "empty", spoil: (file: string) => writeFileSync(file, ""), says: /empty/ },
  { what: "something else", spoil: (file: string) => writeFileSync(file, "dear diary\n"), says: /not a session/ },
])(
  "a session file that is $what: resuming says so, the file stays as it is, and the list goes on",
  async ({ spoil, says }) => {
    const { id, file } = await closedSession();
    spoil(file);
    await expect(restOf(daemon).resume(id)).rejects.toMatchObject({
      code: "SESSION_START_FAILED",
      message: expect.stringMatching(says) as unknown,
    });
    expect(await restOf(daemon).get(id)).toMatchObject({ status: "closed" });
    const attachment = await attachTo(daemon, id);
    expect(messagesOf(attachment)).toEqual([]);
    expect((await restOf(daemon).list()).some((record) => record.id === id)).toBe(true);
  },
);

test("a session file whose last line is torn: what is whole is shown, and pi goes on from there", async () => {
  const { id, file } = await closedSession();
  const text = readFileSync(file, "utf8").trimEnd();
  writeFileSync(file, text.slice(0, text.length - 40));
  const attachment = await attachTo(daemon, id);
  expect(textsOf(messagesOf(attachment), "assistant")).toEqual(["One."]);
  await restOf(daemon).resume(id);
  const again = await attachTo(daemon, id);
  const messages = await play(again, [{ text: "Three." }]);
  expect(textOf(messages.at(-1))).toBe("Three.");
});

test("a session file with lines that are no entries between: they are passed over", async () => {
  const { id, file } = await closedSession();
  appendFileSync(file, "\n\n{not json\n");
  const attachment = await attachTo(daemon, id);
  expect(textsOf(messagesOf(attachment), "assistant")).toEqual(["One.", "Two."]);
});
