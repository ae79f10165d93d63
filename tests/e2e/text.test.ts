import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, savedMessages, shown } from "../harness/normal.ts";
import {
  attachTo,
  level,
  messagesOf,
  openSession,
  play,
  settled,
  textOf,
  textsOf,
  untilSaid,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

test("a prompt: its text streams to the client and stands in the transcript as pi saved it", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ text: "Hello " }, { gate: "streaming" }, { text: "there." }]));
  await untilSaid(session, "Hello");
  expect(session.transcript.live.running).toBe(true);
  daemon.model.gates.open("streaming");
  const messages = await settled(session);
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
  expect(textOf(messages[1])).toBe("Hello there.");
  expect(savedMessages(fileOf(session))).toEqual(messages);
});

test("thinking: it streams apart from the text and stands in the message", async () => {
  const session = await openSession(daemon);
  const messages = await play(session, [{ think: "Let me see." }, { text: "Seen." }]);
  expect(messages.at(-1)).toMatchObject({
    content: [
      { type: "thinking", thinking: "Let me see." },
      { type: "text", text: "Seen." },
    ],
  });
});

test("a client that joins in mid-sentence: it sees the whole sentence", async () => {
  const session = await openSession(daemon);
  await session.prompt(
    script([{ think: "Hm." }, { text: "The first half, " }, { gate: "half" }, { text: "the second half." }]),
  );
  await untilSaid(session, "half, ");
  const second = await attachTo(daemon, session.session);
  await untilSaid(second, "half, ");
  daemon.model.gates.open("half");
  await Promise.all([settled(session), settled(second)]);
  expect(textOf(messagesOf(second).at(-1))).toBe("The first half, the second half.");
  expect(messagesOf(second)).toEqual(messagesOf(session));
});

test("Unicode: separators that are no line ends, astral and combining characters and controls pass unchanged", async () => {
  const session = await openSession(daemon);
  const text =
    "a\u2028b\u2029c \u0085 \u{1F600}\u{1F468}\u200D\u{1F469} e\u0301 \u0000\u001b[1m \r\n \u202Eabc\u202C \uFEFF 漢字 \ud83d\ude00";
  const messages = await play(session, [
    { text },
    { tool: "write", args: { path: "uni.txt", content: text } },
    { tool: "read", args: { path: "uni.txt" } },
  ]);
  expect(textsOf(messages, "assistant")[0]).toBe(text);
  expect(textsOf(messages, "user")[0]).toContain("\u2028b\u2029");
  const second = await attachTo(daemon, session.session);
  expect(messagesOf(second)).toEqual(messagesOf(session));
});

test("a long stream with coalescing: the client that asked for it ends equal to the one that did not", async () => {
  const session = await openSession(daemon);
  const coalescing = await attachTo(daemon, session.session, { coalesce: 100 });
  await session.prompt(script([{ tokens: 3000, thinking: true }, { tokens: 3000 }]));
  await Promise.all([settled(session), settled(coalescing)]);
  await level(session, coalescing);
  expect(shown(coalescing)).toEqual(shown(session));
});
