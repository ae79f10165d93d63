import { expect, test } from "vitest";
import { LiveState } from "../live/live-state.ts";
import { isShown } from "./is-shown.ts";

test.each([
  [{ role: "user", content: "hi" }, true],
  [{ role: "assistant", content: [] }, true],
  [{ role: "made-up" }, true],
  [{ role: "custom", customType: "x", content: "hi", display: true }, true],
  [{ role: "custom", customType: "x", content: "hi" }, true],
  [{ role: "custom", customType: "x", content: "hi", display: false }, false],
  [{ role: "system", content: "", sections: {} }, false],
])("isShown of %j is %s", (message, shown) => {
  expect(isShown(message)).toBe(shown);
});

test("LiveState, a hidden message, is neither in flight nor finished", () => {
  const live = new LiveState();
  const message = { role: "system", content: "You are pi." };
  live.apply({ type: "message_start", message });
  expect(live.message).toBeNull();
  expect(live.tail()).toEqual([]);
  expect(live.apply({ type: "message_end", message })).toBeNull();
});
