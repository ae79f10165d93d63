import { expect, test } from "vitest";
import { fuzzyFilter, fuzzyScore } from "./fuzzy.ts";

test.each([
  ["mo", ["compact-model", "model", "smooth"], ["model", "smooth", "compact-model"]],
  ["sc", ["scale", "my-script", "has-case"], ["scale", "my-script", "has-case"]],
  ["rn", ["return-now", "rename"], ["return-now", "rename"]],
  ["zz", ["a", "b"], []],
  ["", ["b", "a"], ["b", "a"]],
])("fuzzyFilter for %j of %j, is %j", (query, entries, expected) => {
  expect(fuzzyFilter(entries, query, (entry) => entry)).toEqual(expected);
});

test("fuzzyScore, letters in another order, is null", () => {
  expect(fuzzyScore("ba", "ab")).toBeNull();
});
