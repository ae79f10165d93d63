import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, savedMessages } from "../harness/normal.ts";
import { rpcDemo } from "../harness/pi-under-test.ts";
import {
  attachTo,
  dialog,
  messagesOf,
  openSession,
  play,
  settled,
  textOf,
  until,
  untilSaid,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", rpcDemo] });
});
afterAll(() => daemon.dispose());

test("abort in mid-stream: the message ends as aborted with what was said, and the next prompt works", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ text: "The beginning" }, { gate: "never" }]));
  await untilSaid(session, "beginning");
  await session.abort();
  const messages = await settled(session);
  expect(messages.at(-1)).toMatchObject({ role: "assistant", stopReason: "aborted" });
  expect(messages.at(-1)).toEqual(savedMessages(fileOf(session)).at(-1));
  expect(JSON.stringify(messages.at(-1))).toContain("The beginning");
  expect((await play(session, [{ text: "Again." }])).map(textOf).at(-1)).toBe("Again.");
});

test("abort while the model hangs before its first word: the turn ends, by whichever client", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  await session.prompt(script([{ hang: true }]));
  await daemon.model.gates.waitForArrival("hang");
  await second.abort();
  await Promise.all([settled(session), settled(second)]);
  expect(messagesOf(session).at(-1)).toMatchObject({ stopReason: "aborted" });
});

test("abort while a tool runs: the tool is ended", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ tool: "bash", args: { command: "echo $$; sleep 1000" } }, { text: "Never." }]));
  const shell = await until(
    session,
    "the tool's process id",
    () => /"text":"(\d+)\\n/.exec(JSON.stringify([...session.transcript.live.tools.values()]))?.[1],
  );
  await session.abort();
  await until(session, "the end", () => !session.transcript.live.running);
  expect(session.transcript.live.tools.size).toBe(0);
  expect(messagesOf(session).some(({ role }) => role === "toolResult")).toBe(true);
  expect(() => process.kill(Number(shell), 0)).toThrow("ESRCH");
});

test("abort while a dialog is open: the dialog closes everywhere and the turn ends", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  await session.prompt(script([{ tool: "bash", args: { command: "sudo true" } }, { text: "Never." }]));
  await dialog(session, "select");
  await dialog(second, "select");
  await second.abort();
  await until(session, "the end", () => !session.transcript.live.running && session.transcript.ui.dialogs.size === 0);
  await until(second, "the end", () => !second.transcript.live.running && second.transcript.ui.dialogs.size === 0);
});

test("abort when nothing runs: it succeeds and changes nothing", async () => {
  const session = await openSession(daemon);
  await session.abort();
  expect(messagesOf(session)).toEqual([]);
});
