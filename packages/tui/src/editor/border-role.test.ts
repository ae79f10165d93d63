import { expect, test } from "vitest";
import { borderRole } from "./border-role.ts";

test.each([
  ["!ls", "high", "bashMode"],
  ["  !!ls", "off", "bashMode"],
  ["hello!", "high", "thinkingHigh"],
  ["", "max", "thinkingMax"],
  ["", undefined, "thinkingOff"],
  ["", "beyond", "thinkingOff"],
])("borderRole of %j at level %s, is %s", (text, level, role) => {
  expect(borderRole(text, level)).toBe(role);
});
