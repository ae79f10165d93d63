import { expect, test } from "vitest";
import { inputRows } from "./input-rows.ts";

const size = { columns: 10, most: 3 };

test.each([
  ["an empty line", "", 0, { rows: ["> "], row: 0, column: 2 }],
  ["the cursor at the end", "abc", 3, { rows: ["> abc"], row: 0, column: 5 }],
  ["the cursor inside", "abc", 1, { rows: ["> abc"], row: 0, column: 3 }],
  ["a full row, the cursor after it", "abcdefgh", 8, { rows: ["> abcdefgh", ""], row: 1, column: 0 }],
  ["two rows", "abcdefghij", 9, { rows: ["> abcdefgh", "ij"], row: 1, column: 1 }],
  ["wide characters", "漢字漢字漢", 5, { rows: ["> 漢字漢字", "漢"], row: 1, column: 2 }],
  ["a tab and an escape", "a\tb\u001b", 4, { rows: ["> a b"], row: 0, column: 5 }],
])("inputRows of %s", (_what, line, cursor, expected) => {
  expect(inputRows("> ", line, cursor, size)).toEqual(expected);
});

test("inputRows of more than fit, shows those around the cursor", () => {
  const line = "a".repeat(60);
  expect(inputRows("> ", line, 60, size)).toMatchObject({ row: 2, column: 2 });
  expect(inputRows("> ", line, 60, size).rows).toHaveLength(3);
  expect(inputRows("> ", line, 0, size)).toMatchObject({ row: 0, column: 2 });
});
