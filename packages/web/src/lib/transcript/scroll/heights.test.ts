import fc from "fast-check";
import { expect, test } from "vitest";
import { Heights } from "./heights.ts";

const step = fc.oneof(
  fc.record({ do: fc.constant("push" as const), height: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ do: fc.constant("set" as const), at: fc.nat(60), height: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ do: fc.constant("truncate" as const), at: fc.nat(60) }),
);

test("Heights, changed in any way: begins and rows at places are those of a plain list", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), fc.nat(20_000), (steps, place) => {
      const heights = new Heights();
      const plain: number[] = [];
      for (const change of steps) {
        if (change.do === "push") {
          heights.push(change.height);
          plain.push(change.height);
        } else if (change.do === "set") {
          heights.set(change.at, change.height);
          if (change.at < plain.length) plain[change.at] = change.height;
        } else {
          heights.truncate(change.at);
          plain.length = Math.min(plain.length, change.at);
        }
      }
      const begins = plain.map((_, at) => plain.slice(0, at).reduce((sum, height) => sum + height, 0));
      expect(heights.length).toBe(plain.length);
      expect(plain.map((_, at) => heights.offsetOf(at))).toEqual(begins);
      const total = plain.reduce((sum, height) => sum + height, 0);
      expect(heights.total).toBe(total);
      const found = heights.indexAt(place);
      const last = begins.findLastIndex((begin) => begin <= place);
      expect(found).toBe(Math.max(0, last));
    }),
  );
});
