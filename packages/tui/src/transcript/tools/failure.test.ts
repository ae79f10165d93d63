import { expect, test } from "vitest";
import { failureOf } from "./failure.ts";

test.each([
  ["a command's exit code", "out\nmore\n\nCommand exited with code 2", { why: "exit 2", rest: "out\nmore" }],
  ["a command that said nothing", "Command exited with code 127", { why: "exit 127", rest: "" }],
  ["a command that was stopped", "out\n\nCommand aborted", { why: "stopped", rest: "out" }],
  ["a command that took too long", "Command timed out after 5 seconds", { why: "timed out after 5 seconds", rest: "" }],
  ["a short error", "No such file", { why: "No such file", rest: "" }],
  ["a short error with more to say", "No such file\nTry another", { why: "No such file", rest: "Try another" }],
  ["a long error", "x".repeat(60), { why: "", rest: "x".repeat(60) }],
  ["nothing", "", { why: "", rest: "" }],
])("failureOf %s, says why in short and the rest", (_what, text, expected) => {
  expect(failureOf(text, 80)).toEqual(expected);
});
