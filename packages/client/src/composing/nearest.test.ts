import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each([
  ["modle", "model"],
  ["mo", "model"],
  ["stauts", "status"],
  ["HELP", "help"],
  ["hlep", "help"],
  ["x", null],
  ["", null],
  ["elephant", null],
])("nearest to %j, is %j", (word, expected) => {
  expect(nearest(word, ["help", "model", "status", "session"])).toBe(expected);
});
