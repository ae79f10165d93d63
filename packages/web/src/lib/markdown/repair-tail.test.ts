import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdownLimits } from "./limits.ts";
import { repairTail } from "./repair-tail.ts";
import { markdown } from "./testing/markdown-arbitrary.ts";

describe("repairTail", () => {
  test.each([
    ["emphasis that is open", "a **b", "a **b**"],
    ["emphasis inside emphasis", "**a *b", "**a *b***"],
    ["emphasis that ended inside emphasis", "**a *b*", "**a *b***"],
    ["a closing mark that is half there", "a **b*", "a **b**"],
    ["a mark with nothing after it", "a **", "a"],
    ["an asterisk between words", "2 * 3", "2 * 3"],
    ["an underscore inside a word", "snake_ca", "snake_ca"],
    ["code", "a `b c", "a `b c`"],
    ["code whose marks are half there", "a ``b`", "a ``b``"],
    ["emphasis inside code", "`a **b", "`a **b`"],
    ["code that begins", "a `", "a "],
    ["a link's words", "see [the pa", "see the pa"],
    ["a link's address", "see [the page](https://exam", "see the page"],
    ["a link that is complete", "see [it](https://a.example)", "see [it](https://a.example)"],
    ["an image", "see ![a pic](https://exam", "see "],
    ["a backslash at the end", "a \\", "a "],
    ["strikethrough", "~~a", "~~a~~"],
    ["what may become a heading", "Text\n\n##", "Text\n"],
    ["what may become an item", "Text\n\n-", "Text\n"],
    ["what may become a task", "- [", "- "],
    ["what may become a fence", "Text\n\n``", "Text\n"],
    ["a fence that is open", "```ts\nconst a = `b", "```ts\nconst a = `b"],
    ["a fence that is being closed", "```ts\na\n``", "```ts\na\n"],
    ["the head of a table", "| a | b", "| a | b |\n| --- | --- |"],
    ["the second row of a table", "| a | b |\n|--", "| a | b |\n|--| --- |"],
    ["a table with its second row", "| a |\n|---|\n| **b", "| a |\n|---|\n| **b**"],
  ])("%s: %j", (_, source, repaired) => {
    expect(repairTail(source)).toBe(repaired);
  });

  test("a text that is complete stays as it is", () => {
    const source = "Some *words*, `code` and a [link](https://example.org/).\n\n- one\n- **two**\n";
    expect(repairTail(source)).toBe(source);
  });

  test("any text: no more than its marks closed, in an order that never throws", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        for (let end = 0; end <= text.length; end++) {
          const source = text.slice(0, end);
          expect(repairTail(source).length).toBeLessThanOrEqual(2 * source.length + 200);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a block above the limit stays as it is", () => {
    const source = "**a ".repeat(markdownLimits.block);
    expect(repairTail(source)).toBe(source);
  });
});
