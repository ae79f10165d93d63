import fc from "fast-check";
import { expect, test } from "vitest";
import { excerpt, partsOf } from "./output-parts.ts";

test("excerpt, of more lines than wanted, are the first or the last, and how many are left", () => {
  const text = "1\n2\n3\n4\n5\n";
  expect(excerpt(text, "start", 2)).toEqual({ text: "1\n2", left: 3 });
  expect(excerpt(text, "end", 2)).toEqual({ text: "4\n5", left: 3 });
  expect(excerpt(text, "end", 5)).toEqual({ text: "1\n2\n3\n4\n5", left: 0 });
});

test("excerpt, a line that no person reads, is cut without half a character", () => {
  const { text } = excerpt("😀".repeat(10_000), "start", 1);
  expect(text.length).toBeLessThan(6_000);
  expect(text.isWellFormed()).toBe(true);
});

test("partsOf, any text, joined is that text; no part is without bounds", () => {
  const line = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.nat(200_000).map((length) => "x".repeat(length)),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.nat(500), (lines, more) => {
      const text = [...lines, ..."y".repeat(more)].join("\n");
      const parts = partsOf(text);
      expect(parts.join("")).toBe(text);
      expect(Math.max(0, ...parts.map(({ length }) => length))).toBeLessThanOrEqual(400_000);
    }),
    { numRuns: 50 },
  );
});
