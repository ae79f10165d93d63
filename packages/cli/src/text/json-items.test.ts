import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonItems } from "./json-items.ts";

test("jsonItems of any array, are the texts of its items", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), (items, space) => {
      expect(jsonItems(JSON.stringify(items, null, space)).map((text) => JSON.parse(text) as unknown)).toEqual(
        JSON.parse(JSON.stringify(items)),
      );
    }),
  );
});

test("jsonItems, leaves numbers and repeated keys as they were written", () => {
  expect(jsonItems('[{"n": 12345678901234567890, "n": 1.0}, 1.0,"a,]"]')).toEqual([
    '{"n": 12345678901234567890, "n": 1.0}',
    "1.0",
    '"a,]"',
  ]);
});
