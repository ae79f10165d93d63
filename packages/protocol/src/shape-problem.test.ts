import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { shapeProblem } from "./shape-problem.ts";

const { frameDepth, frameValues } = limits;
const tooDeep = `The frame nests deeper than ${frameDepth} levels: send a flatter one.`;
const tooMany = `The frame holds more than ${frameValues} values: send a smaller one.`;
const deep = (levels: number): string => '{"a":['.repeat(levels / 2) + "]}".repeat(levels / 2);
const filled = (values: number, value: string): string => `[${Array(values).fill(value).join(",")}]`;

test("shapeProblem at the greatest depth, is none; beyond it, says so", () => {
  expect(shapeProblem(deep(frameDepth))).toBeUndefined();
  expect(shapeProblem(deep(frameDepth + 2))).toBe(tooDeep);
  expect(shapeProblem("[".repeat(5_000_000))).toBe(tooDeep);
});

test.each([
  ["1", 1],
  ['""', 1],
  ["[]", 2],
  ['{"a":1}', 2],
])("shapeProblem for as many %s as may be, is none; beyond them, says so", (value, weight) => {
  const most = Math.floor(frameValues / weight) - 2;
  expect(shapeProblem(filled(most, value))).toBeUndefined();
  expect(shapeProblem(filled(most + 3, value))).toBe(tooMany);
});

test.each(["1", '"x"', "null", "", '"[[[', '["\\', '["\\"[[[', "]]]}}}"])("shapeProblem for %s, is none", (text) => {
  expect(shapeProblem(text)).toBeUndefined();
});

test.each([
  ["brackets", "[".repeat(frameDepth + 1)],
  ["commas", ",".repeat(frameValues + 1)],
  ["an escaped quote before brackets", `"${"[".repeat(frameDepth + 1)}`],
  ["a backslash at the end", "\\"],
  ["two of them", "\\\\"],
  ["a quote between backslashes", `\\"\\${"[".repeat(frameDepth + 1)}`],
])("shapeProblem for a string of %s, does not look into it but behind it", (_name, text) => {
  const member = JSON.stringify(text);
  expect(shapeProblem(`{${member}:${member}}`)).toBeUndefined();
  expect(shapeProblem(`{${member}:${member},"b":${deep(frameDepth)}}`)).toBe(tooDeep);
});
