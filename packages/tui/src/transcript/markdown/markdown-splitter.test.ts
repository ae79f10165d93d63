import { describe, expect, test } from "vitest";
import { limits } from "../../limits.ts";
import { MarkdownSplitter } from "./markdown-splitter.ts";
import type { Piece } from "./piece.ts";

function pieces(text: string): Piece[] {
  const { finished, open } = new MarkdownSplitter().read(text);
  return [...finished, open];
}

/** The pieces' texts, without the line that only ends the last one. */
const split = (...lines: string[]): string[] =>
  pieces([...lines, "", "end", ""].join("\n")).map((piece) => piece.lines.join("\n").trimEnd());

describe("MarkdownSplitter splits", () => {
  test.each([
    ["paragraphs", ["one", "more", "", "two"], ["one\nmore", "two", "end"]],
    ["a heading from what is below an empty line", ["# head", "", "text"], ["# head", "text", "end"]],
    ["code from the text around it", ["text", "```js", "a", "", "b", "```", "more"], ["text", "a\n\nb", "more", "end"]],
    ["a list from what is not indented below it", ["- a", "- b", "", "text"], ["- a\n- b", "text", "end"]],
    ["a table from the text below it", ["| a |", "|---|", "| 1 |", "", "text"], ["| a |\n|---|\n| 1 |", "text", "end"]],
  ])("%s", (_what, lines, expected) => {
    expect(split(...lines)).toEqual(expected);
  });
});

describe("MarkdownSplitter does not split", () => {
  test.each([
    ["code at its empty lines", ["~~~", "a", "", "```", "", "b", "~~~"], "a\n\n```\n\nb"],
    ["a list between its items", ["- a", "", "- b", "", "  more", "", "1. c"], "- a\n\n- b\n\n  more\n\n1. c"],
    ["code within a list", ["- a", "  ```", "  b", "", "c", "  ```", "- d"], "- a\n  ```\n  b\n\nc\n  ```\n- d"],
    ["indented code", ["    a", "", "    b"], "    a\n\n    b"],
    ["display math", ["$$", "a", "", "b", "$$"], "$$\na\n\nb\n$$"],
    ["a comment", ["<!-- a", "", "b -->"], "<!-- a\n\nb -->"],
    ["a paragraph from the list that follows at once", ["one", "- a", "", "- b"], "one\n- a\n\n- b"],
  ])("%s", (_what, lines, expected) => {
    expect(split(...lines)).toEqual([expected, "end"]);
  });
});

test("MarkdownSplitter of long code, splits it by lines and says which piece opens and closes it", () => {
  const all = pieces(`\`\`\`ts\n${"a\n".repeat(limits.pieceLines + 5)}\`\`\`\n`);
  expect(
    all.map(({ kind, lines, opens, closes, language }) => ({ kind, lines: lines.length, opens, closes, language })),
  ).toEqual([
    { kind: "code", lines: limits.pieceLines, opens: true, language: "ts" },
    { kind: "code", lines: 5, closes: true, language: "ts" },
    { kind: "markdown", lines: 0 },
  ]);
});

test("MarkdownSplitter of a long table, repeats its head", () => {
  const all = pieces(`| a |\n|---|\n${"| 1 |\n".repeat(limits.pieceLines * 2)}`);
  expect(all.map(({ above, apart }) => ({ above, apart }))).toEqual([
    { apart: false },
    { above: ["| a |", "|---|"], apart: false },
    { above: ["| a |", "|---|"], apart: false },
  ]);
});

test("MarkdownSplitter of a long numbered list, goes on counting whatever the numbers are", () => {
  const all = pieces("1. a\n".repeat(limits.pieceLines + 2));
  expect(all.map(({ lines }) => lines[0])).toEqual(["1. a", `${limits.pieceLines + 1}. a`]);
});

test("MarkdownSplitter of links that were defined before, gives the definitions to the pieces that may use them", () => {
  const all = pieces("[a]: http://x.y\n\nplain\n\nsee [a]\n");
  expect(all.map(({ below }) => below)).toEqual([undefined, undefined, ["[a]: http://x.y"]]);
});

test("MarkdownSplitter of a fence whose end is about to come, hides the beginning of it", () => {
  expect(pieces("```\na\n``")[0]?.lines).toEqual(["a"]);
  expect(pieces("```\na\n``x")[0]?.lines).toEqual(["a", "``x"]);
});
