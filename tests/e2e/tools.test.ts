import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import type { ToolResultMessage } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, savedMessages } from "../harness/normal.ts";
import { attachTo, messagesOf, openSession, play, settled, textOf, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

test("bash: runs in the session's folder, and its output reaches the model", async () => {
  const session = await openSession(daemon);
  const messages = await play(session, [
    { tool: "bash", args: { command: "pwd; echo from-bash" } },
    { echo: "last-tool" },
  ]);
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "toolResult", "assistant"]);
  expect(textOf(messages.at(-1))).toContain("from-bash");
  expect(textOf(messages.at(-1))).toContain(daemon.folder);
});

test("write, edit and read: change the file on disk, and the edit's diff comes along", async () => {
  const session = await openSession(daemon);
  const path = "poem.txt";
  const messages = await play(session, [
    { tool: "write", args: { path, content: "roses are red\nviolets are green\n" } },
    { turn: true },
    { tool: "edit", args: { path, edits: [{ oldText: "green", newText: "blue" }] } },
    { turn: true },
    { tool: "read", args: { path } },
    { echo: "last-tool" },
  ]);
  expect(readFileSync(join(daemon.folder, path), "utf8")).toBe("roses are red\nviolets are blue\n");
  expect(textOf(messages.at(-1))).toContain("violets are blue");
  const edit = messages.find((message) => (message as ToolResultMessage).toolName === "edit") as ToolResultMessage;
  expect(edit.isError).toBe(false);
  expect(JSON.stringify(edit.details)).toContain("violets are blue");
});

test("a tool that fails: its error is a result like any other, and the turn goes on", async () => {
  const session = await openSession(daemon);
  const messages = await play(session, [
    { tool: "bash", args: { command: "echo before; exit 3" } },
    { text: "I saw it." },
  ]);
  expect(messages[2]).toMatchObject({ role: "toolResult", isError: true });
  expect(textOf(messages[2])).toContain("before");
  expect(textOf(messages.at(-1))).toBe("I saw it.");
});

test("parallel tools: both run at once, and each result stands with its call", async () => {
  const session = await openSession(daemon);
  // Each waits for a file that the other one makes: one after the other they would never end.
  const meet = (own: string, other: string) =>
    `touch ${own}; until [ -e ${other} ]; do sleep 0.02; done; echo met-${other}`;
  const messages = await play(session, [
    { tool: "bash", args: { command: meet("left", "right"), timeout: 30 } },
    { tool: "bash", args: { command: meet("right", "left"), timeout: 30 } },
    { text: "Both." },
  ]);
  const results = messages.filter(({ role }) => role === "toolResult");
  expect(results.map((result) => textOf(result).trim()).toSorted()).toEqual(["met-left", "met-right"]);
  expect(textOf(messages.at(-1))).toBe("Both.");
  expect(savedMessages(fileOf(session))).toEqual(messages);
});

test("a tool that runs: its partial output shows, also to a client that comes meanwhile", async () => {
  const session = await openSession(daemon);
  const command = "echo early; until [ -e go ]; do sleep 0.02; done; echo late";
  await session.prompt(script([{ tool: "bash", args: { command } }, { text: "Done." }]));
  const output = ({ transcript }: typeof session) => JSON.stringify([...transcript.live.tools.values()]);
  await until(session, "the partial output", () => output(session).includes("early\\n"));
  const second = await attachTo(daemon, session.session);
  expect(output(second)).toBe(output(session));
  writeFileSync(join(daemon.folder, "go"), "");
  await Promise.all([settled(session), settled(second)]);
  expect(textsOf(messagesOf(second), "toolResult")[0]).toContain("late");
  expect(messagesOf(second)).toEqual(messagesOf(session));
});

test("an image that a tool reads: it stands in the result", async () => {
  const session = await openSession(daemon);
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
  writeFileSync(join(daemon.folder, "dot.png"), Buffer.from(png, "base64"));
  const messages = await play(session, [{ tool: "read", args: { path: "dot.png" } }, { text: "A dot." }]);
  expect((messages[2] as ToolResultMessage).content).toContainEqual(
    expect.objectContaining({ type: "image", mimeType: "image/png" }),
  );
});
