import { LiveState } from "@pier/protocol";
import { expect, test } from "vitest";
import { interruptible } from "./interruptible.ts";

const retry = { attempt: 1, maxAttempts: 3, delayMs: 1, errorMessage: "529" };
const bash = new Map([["1", { id: "1", command: "ls", excludeFromContext: false, output: "" }]]);

test.each([
  ["nothing", {}, null],
  ["a turn", { running: true }, "turn"],
  ["a retry within a turn", { running: true, retry }, "retry"],
  ["a compaction", { compaction: { reason: "manual" } }, "compaction"],
  ["a turn that compacts", { running: true, compaction: { reason: "threshold" } }, "turn"],
  ["a shell command", { bash }, "shell"],
  ["a shell command beside a turn", { bash, running: true }, "turn"],
])("interruptible of %s, is %3$j", (_what, state, expected) => {
  expect(interruptible(Object.assign(new LiveState(), state))).toBe(expected);
});
