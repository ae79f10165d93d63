import fc from "fast-check";
import { expect, test } from "vitest";
import { Markdown } from "../../pi-tui/index.ts";
import { dark } from "../../theme/dark.ts";
import { Theme } from "../../theme/theme.ts";
import { pieceRows } from "./piece-rows.ts";
import { isPlainProse } from "./plain-prose.ts";

const { markdown: theme } = new Theme(dark, "truecolor");

const character = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...Array.from("abcXYZ 0123.,:;!?()\"'-+=/%\n ")) },
  { weight: 1, arbitrary: fc.constantFrom(...Array.from("\\`*_~[]<>#&$|@^{}éß漢字😀\u00a0")) },
);
const text = fc.array(character, { maxLength: 120 }).map((all) => all.join(""));
const prose = fc
  .array(
    fc.constantFrom(
      "A line of words, with (more) of them.",
      "why: because - so it is",
      "1.5 times",
      "(a + b) = c",
      "",
      "Größe 漢字 😀",
      "2) is an item",
      "title",
      "http://a.b",
      "ends  ",
    ),
    { maxLength: 8 },
  )
  .map((lines) => lines.join("\n"));

test("isPlainProse for a text that it takes for one, is right: Markdown shows the same", () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(text, prose), fc.integer({ min: 10, max: 60 }), (words, width) => {
      const lines = words.split("\n");
      fc.pre(isPlainProse(lines) && !/\S {2,}|\s$/m.test(words));
      taken++;
      const rows = new Markdown(words.trim(), 1, 0, theme).render(width).map((row) => row.trimEnd());
      expect(pieceRows({ kind: "markdown", lines, apart: false }, width, { theme })).toEqual(rows);
    }),
    { numRuns: 1000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test.each([
  "- item",
  "1. item",
  "1) item",
  "# Head",
  "> quote",
  "a | b",
  "===",
  "---",
  "    code",
  "a *b* c",
  "`x`",
  "see http://a.b",
  "www.a.b",
  "a@b.c",
  "&amp;",
  "<b>",
  "two  ",
  "[x]",
  "$x$",
  "\\*",
  "~~~",
  "+ plus",
])("isPlainProse of %j, is false", (line) => {
  expect(isPlainProse(["Words.", line])).toBe(false);
});
