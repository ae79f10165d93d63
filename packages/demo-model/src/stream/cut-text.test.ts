import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutText } from "./cut-text.ts";

describe("cutText", () => {
  test("words stay whole", () => {
    expect([...cutText("one two\n three ")]).toEqual(["one", " two", "\n three", " "]);
  });

  test("a size cuts between code points, never inside one", () => {
    expect([...cutText("a👩‍👧\u2028", 2)]).toEqual(["a👩", "\u200d👧", "\u2028"]);
  });

  test("any text comes back whole, in well-formed pieces", () => {
    const size = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), size, (text, points) => {
        const pieces = [...cutText(text, points)];
        expect(pieces.join("")).toBe(text);
        expect(pieces.every((piece) => piece !== "" && piece.isWellFormed())).toBe(true);
      }),
    );
  });
});
