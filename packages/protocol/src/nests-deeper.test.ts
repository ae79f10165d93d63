import { expect, test } from "vitest";
import { nestsDeeper } from "./nests-deeper.ts";

const nested = (levels: number): unknown => JSON.parse('{"a":['.repeat(levels / 2) + "]}".repeat(levels / 2));

test("nestsDeeper at the depth, is false; one above, true", () => {
  expect(nestsDeeper(nested(10), 10)).toBe(false);
  expect(nestsDeeper(nested(10), 9)).toBe(true);
});

test("nestsDeeper for scalars, is false at any depth", () => {
  for (const value of [1, "x", null, true, undefined]) expect(nestsDeeper(value, 0)).toBe(false);
});

test("nestsDeeper for what would overflow a recursion, answers", () => {
  expect(nestsDeeper(nested(200_000), 100)).toBe(true);
});
