import { expect, test } from "vitest";
import { plain, viewOf } from "../../../tests/support/sight.ts";
import { stopLine } from "./stop-line.ts";

const said = (message: object): string | undefined => {
  const block = stopLine({ role: "assistant", ...message }, viewOf().theme);
  return block ? plain(block.render(200)).join("\n").trim() : undefined;
};

test.each([
  [
    "a provider's JSON",
    '529: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    "529: Overloaded",
  ],
  ["JSON with its message at the top", '429 {"message":"Slow down."}', "429 Slow down."],
  ["JSON without a message", '{"code":1}', '{"code":1}'],
  ["what only looks like JSON", "{oops}", "{oops}"],
  ["plain words", "The connection was closed.", "The connection was closed."],
  ["an escape sequence within JSON", '500 {"message":"\\u001b[31mred"}', "500 red"],
  ["nothing", "", "no reason was given"],
])("stopLine of an error with %s, says why", (_what, errorMessage, expected) => {
  expect(said({ stopReason: "error", errorMessage })).toBe(`Model request failed: ${expected}`);
});

test("stopLine of a message that ended as it should, says nothing", () => {
  expect(["stop", "toolUse", undefined, 7].map((stopReason) => said({ stopReason }))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
