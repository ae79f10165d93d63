import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textWidth } from "../../text/width.ts";
import { RowBuffer } from "./row-buffer.ts";

const plain = (text: string): string => text;

function rowsOf(columns: number, ...texts: string[]): string[] {
  const buffer = new RowBuffer(columns);
  const rows = texts.flatMap((text) => buffer.push([{ text, style: "plain" }], plain));
  return [...rows, `${buffer.partial(plain)}|`];
}

describe("RowBuffer", () => {
  test.each([
    ["breaks at words", 10, ["the quick brown fox"], ["the quick", "brown fox|"]],
    ["moves a word that grows over the edge", 10, ["the quick bro", "wn"], ["the quick", "brown|"]],
    ["breaks a word that is longer than a row", 4, ["abcdefghij"], ["abcd", "efgh", "ij|"]],
    ["keeps empty lines", 10, ["a\n\nb\n"], ["a", "", "b", "|"]],
    ["counts wide characters as two", 5, ["漢字漢"], ["漢字", "漢|"]],
    ["expands tabs", 20, ["a\tb"], ["a   b|"]],
    ["does not begin a row with the space that broke it", 5, ["abcde fg"], ["abcde", "fg|"]],
  ])("%s", (_what, columns, texts, expected) => {
    expect(rowsOf(columns, ...texts)).toEqual(expected);
  });

  test("any text in any pieces, gives rows that fit, and the same rows", () => {
    const words = fc.stringMatching(/^[a-z漢 \n]{0,80}$/u);
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 20 }), (text, columns) => {
        const whole = rowsOf(columns, text);
        expect(whole.slice(0, -1).every((row) => textWidth(row) <= columns)).toBe(true);
        expect(rowsOf(columns, ...text)).toEqual(whole);
        expect(whole.join("").replace(/[\s|]/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });
});
