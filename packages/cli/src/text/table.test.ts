import { expect, test } from "vitest";
import { table } from "./table.ts";
import { textWidth, truncate } from "./width.ts";

test("table, lines columns up by what terminals show and leaves empty ones out", () => {
  const columns = [{ title: "NAME", max: 8 }, { title: "NOTHING" }, { title: "AGE", align: "right" as const }];
  expect(
    table(columns, [
      ["漢字", "", "3m"],
      ["a very long name", "", "12d"],
    ]),
  ).toEqual(["NAME      AGE", "漢字       3m", "a very …  12d"]);
});

test.each([
  ["e\u0301", 1],
  ["👍", 2],
  ["漢字", 4],
  ["abc", 3],
])("textWidth of %s is %i", (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test("truncate, never exceeds its columns", () => {
  expect(truncate("漢字漢字", 5)).toBe("漢字…");
  expect(truncate("abc", 3)).toBe("abc");
});
