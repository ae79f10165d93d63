import { expect, test } from "vitest";
import { stopReason } from "./stop-reason.ts";

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
