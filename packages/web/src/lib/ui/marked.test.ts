import { expect, test } from "vitest";
import { markedPieces, nearMark } from "./marked.ts";

const found = (text: string, query: string): string[] =>
  markedPieces(text, query)
    .filter(({ isFound }) => isFound)
    .map(({ text: piece }) => piece);

test("markedPieces, with words in another case and over a line break, marks each place", () => {
  expect(found("High Water, and high\n water again", "high water")).toEqual(["High Water", "high\n water"]);
});

test("markedPieces, with marks of patterns in the query, takes them as they are", () => {
  expect(found("a.b(c) and axb(c)", "a.b(c)")).toEqual(["a.b(c)"]);
});

test("markedPieces, put together, is the text", () => {
  const text = "one two one";
  expect(
    markedPieces(text, "one")
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

test("markedPieces, without a word, marks nothing", () => {
  expect(markedPieces("text", "  ")).toEqual([{ text: "text", isFound: false }]);
});

test("nearMark, far from the beginning, begins at a word shortly before", () => {
  const text = `${"word ".repeat(20)}the needle and more`;
  expect(nearMark(text, "needle")).toMatch(/^…(word )+the needle and more$/);
  expect(nearMark(text, "needle").length).toBeLessThan(55);
});

test("nearMark, near the beginning or without a place, is the text", () => {
  expect(nearMark("a needle", "needle")).toBe("a needle");
  expect(nearMark("a needle", "nothing")).toBe("a needle");
});
