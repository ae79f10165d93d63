import type { TranscriptItem } from "@pier/protocol";
import { expect, test } from "vitest";
import { finishedRows } from "./finished-rows.ts";

const place = { base: "b", turn: "t" };
const rowsOf = (message: object): object[] => finishedRows({ key: "k", message } as TranscriptItem, place);

test("finishedRows, a message of a role that nobody knows, is a card with all that it holds", () => {
  const rows = rowsOf({ role: "confetti", colour: "red", timestamp: 1 });
  expect(rows).toEqual([{ kind: "card", key: "b", turn: "t", name: "confetti", value: { colour: "red" } }]);
});

test("finishedRows, an entry that nobody knows, is a card named by its type, without its bookkeeping", () => {
  const entry = { type: "label", id: "i", parentId: "p", timestamp: "now", label: "here" };
  expect(rowsOf({ role: "entry", entry })).toMatchObject([{ kind: "card", name: "label", value: { label: "here" } }]);
});

test("finishedRows, an error without a word, is never an empty bubble", () => {
  const rows = rowsOf({ role: "assistant", content: [{ type: "text", text: "" }], stopReason: "error" });
  expect(rows).toMatchObject([{ kind: "stop", text: "Model request failed: no reason was given" }]);
});

test("finishedRows, calls of a message that broke off, were not run", () => {
  const call = { type: "toolCall", id: "c", name: "bash", arguments: {} };
  const stateOf = (stopReason: string): object | undefined =>
    rowsOf({ role: "assistant", content: [call], stopReason })[0];
  expect(stateOf("error")).toMatchObject({ kind: "tool", state: "not run" });
  expect(stateOf("aborted")).toMatchObject({ kind: "tool", state: "not run" });
  expect(stateOf("toolUse")).toMatchObject({ kind: "tool", state: "waiting" });
});

test.each([
  [{ exitCode: 0 }, "done"],
  [{ exitCode: 3 }, "failed"],
  [{ cancelled: true }, "stopped"],
])("finishedRows, a shell command that ended with %o, is %s", (end, state) => {
  expect(rowsOf({ role: "bashExecution", command: "ls", output: "", ...end })).toMatchObject([
    { kind: "shell", command: "ls", state },
  ]);
});

test("finishedRows, images and texts of a person's message, are told apart; an unknown part is shown as it is", () => {
  const content = [
    { type: "text", text: "one" },
    { type: "image", data: "AAAA", mimeType: "image/png" },
    { type: "hologram", depth: 3 },
  ];
  expect(rowsOf({ role: "user", content })).toMatchObject([
    { kind: "user", text: 'one\n{"type":"hologram","depth":3}', images: [{ data: "AAAA", mimeType: "image/png" }] },
  ]);
});

test.each([null, 3, "text", [null], [{}], { a: 1 }])("finishedRows, content %o, does not throw", (content) => {
  for (const role of ["user", "assistant", "custom", "bashExecution", "compactionSummary"]) {
    expect(() => rowsOf({ role, content })).not.toThrow();
  }
});
