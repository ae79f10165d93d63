import { expect, test } from "vitest";
import { readable, stopReason } from "./stop-reason.ts";

test.each([
  ['529: {"error":{"message":"Overloaded"}}', "529: Overloaded"],
  ['{"message":"No credit"}', "No credit"],
  ["fetch failed", "fetch failed"],
  ['400 {"code":4}', '400 {"code":4}'],
  ['{"message":', '{"message":'],
])("readable, of %s, is %s", (text, words) => {
  expect(readable(text)).toBe(words);
});

test("stopReason, of what a provider refused, says so and why; without a reason it says that as well", () => {
  const said = stopReason({ stopReason: "error", errorMessage: '529: {"error":{"message":"Overloaded"}}' });
  expect(said).toEqual({ why: "error", text: "Model request failed: 529: Overloaded" });
  expect(stopReason({ stopReason: "error" })?.text).toBe("Model request failed: no reason was given");
});

test("stopReason, of an answer that is over, is none", () => {
  expect(stopReason({ stopReason: "stop" })).toBeNull();
  expect(stopReason({ stopReason: "toolUse" })).toBeNull();
  expect(stopReason({})).toBeNull();
});
