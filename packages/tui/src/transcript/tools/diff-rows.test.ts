import { diffCounts } from "@pier/client/messages";
import { expect, test } from "vitest";
import { dark } from "../../theme/dark.ts";
import { Theme } from "../../theme/theme.ts";
import { diffRows } from "./diff-rows.ts";

const theme = new Theme(dark, "none");
/** Rows at 40 columns, with what is marked in brackets. */
const rows = (...diff: string[]): string[] =>
  diffRows(diff, { width: 40, theme }).map((row) => row.replaceAll("\u001b[7m", "[").replaceAll("\u001b[27m", "]"));

test("diffRows of a changed line, marks the words that changed", () => {
  expect(rows(" 1 a", '-2 say("hello", name);', '+2 say("goodbye", name);', " 3 b")).toEqual([
    "   1   a",
    '   2 − say("[hello]", name);',
    '   2 + say("[goodbye]", name);',
    "   3   b",
  ]);
});

test("diffRows of lines that have little in common, marks nothing", () => {
  expect(rows("-1 one thing", "+1 another matter altogether")).toEqual([
    "   1 − one thing",
    "   1 + another matter altogether",
  ]);
});

test("diffRows of more lines added than removed, compares them in their order", () => {
  expect(rows("-1 const a = 1;", "+1 const a = 2;", "+2 const b = 3;")).toEqual([
    "   1 − const a = [1];",
    "   1 + const a = [2];",
    "   2 + const b = 3;",
  ]);
});

test("diffRows of a long line, breaks it below its own beginning", () => {
  expect(rows("+10 one two three four five six seven eight nine ten")).toEqual([
    "   10 + one two three four five six",
    "        seven eight nine ten",
  ]);
});

test("diffRows of what is left out, says so; of what is no diff, shows it", () => {
  expect(rows("    ...", "no diff")).toEqual(["        …", "      no diff"]);
});

test("diffCounts of a diff, counts; of an elided one or none, does not guess", () => {
  expect(diffCounts("-1 a\n+1 b\n+2 c\n 3 d")).toEqual({ added: 2, removed: 1 });
  expect([diffCounts(undefined), diffCounts(""), diffCounts({ elided: true })]).toEqual([null, null, null]);
});
