import { Tokenizer } from "marked";
import { describe, expect, test, vi } from "vitest";
import { lex } from "./bounded-lexer.ts";
import { markdownLimits } from "./limits.ts";
import { MarkdownDocument } from "./markdown-document.ts";
import { type Block, countNodes } from "./tree.ts";

const none = new Map();
const work = markdownLimits.inlineWork;
const size = 48_000;

/** Texts that make other parsers slow, each a piece again and again. */
const pieces = {
  quotes: ">",
  "quotes, lists and lines that go on": "> - a\nb\n",
  items: "- ",
  "lines of a list": "- a\n",
  "paragraphs of an item": "\n\n  b",
  "emphasis that opens": "*a ",
  "emphasis that opens in two ways": "*a **b ",
  underscores: "_a ",
  "emphasis that closes": "a* ",
  stars: "*",
  tildes: "~~a ",
  brackets: "[",
  "brackets that close": "]",
  "links without an end": "[a](",
  "images without an end": "![a](b ",
  "code of many lengths": "`a``b```c",
  "HTML that does not end": "<a ",
  comments: "<!--",
  addresses: "http://a.b@c.",
  "words before an at sign": "a.b@c.d-",
  formulas: "$a ",
  "formulas on lines of their own": "$$\na\n",
  "formulas without an end": "\\[\na\n",
  parentheses: "\\(",
  backslashes: "\\",
  "headings of two lines": "a\n=\n",
  definitions: "[a]: <\n",
  bars: "|",
  fences: "```\na\n",
  references: "&#1;&a",
} as const;

/** Counts what the lexer does, in steps that cannot take long. */
function steps(text: string): number {
  let count = 0;
  const prototype = Tokenizer.prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  const rules = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
  const spies = rules.map((name) => {
    const real = prototype[name];
    return vi.spyOn(prototype, name).mockImplementation(function (this: unknown, ...given) {
      count++;
      return real?.apply(this, given);
    });
  });
  lex(text, none, work);
  for (const spy of spies) spy.mockRestore();
  return count;
}

describe.each(Object.entries(pieces))("%s", (_, piece) => {
  const text = (length: number): string => piece.repeat(Math.ceil(length / piece.length));

  test("twice as much of it takes twice as many steps at most", () => {
    const [half, whole] = [steps(text(size / 2)), steps(text(size))];
    expect(whole).toBeLessThanOrEqual(2.1 * half + 1_000);
  });

  test("everything that it says is shown, in bounded depth", () => {
    const blocks = new MarkdownDocument().update(text(size), false).flatMap((part) => part.blocks);
    expect(depthOf(blocks)).toBeLessThanOrEqual(markdownLimits.blockDepth + markdownLimits.inlineDepth + 4);
    expect(countNodes(blocks)).toBeLessThan(1.1 * size);
  });
});

function depthOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((most, one) => Math.max(most, depthOf(one)), 0);
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce<number>((most, one) => Math.max(most, depthOf(one)), 0);
  return "type" in value ? inner + 1 : inner;
}

describe("lex", () => {
  test("work on marks: stops at its bound, and the rest is text", () => {
    const { tokens, work: spent } = lex("*a* ".repeat(1_000), none, 100);
    expect(spent).toBeGreaterThan(100);
    expect(tokens[0]).toMatchObject({ type: "paragraph", tokens: [{ type: "text" }] });
    expect(lex("*a*", none, 100).tokens[0]).toMatchObject({ tokens: [{ type: "em" }] });
  });

  test("a quote of as many lines as the limit has blocks, one of more has text", () => {
    const quote = (lines: number): unknown => lex("> - a\n".repeat(lines), none, work).tokens[0];
    expect(quote(markdownLimits.quoteLines - 1)).toMatchObject({ type: "blockquote", tokens: [{ type: "list" }] });
    const { length } = "> - a\n";
    const large = quote(markdownLimits.quoteLines + 1) as { raw: string; tokens: unknown[] };
    expect(large.raw).toHaveLength(length * (markdownLimits.quoteLines + 1));
    expect(large.tokens).toEqual([{ type: "plain", raw: "- a\n".repeat(markdownLimits.quoteLines + 1) }]);
  });

  test("a table of as many columns as the limit is one, a wider or larger one is text", () => {
    const table = (columns: number, rows: number): string =>
      [
        `|${"a|".repeat(columns)}`,
        `|${"-|".repeat(columns)}`,
        ...Array<string>(rows).fill(`|${"b|".repeat(columns)}`),
      ].join("\n");
    const typeOf = (text: string): string | undefined => lex(text, none, work).tokens[0]?.type;
    expect(typeOf(table(markdownLimits.columns, 2))).toBe("table");
    expect(typeOf(table(markdownLimits.columns + 1, 2))).toBe("paragraph");
    const lines = markdownLimits.cells / 10;
    expect(typeOf(table(9, lines - 2))).toBe("table");
    expect(typeOf(table(9, lines - 1))).toBe("paragraph");
  });

  test("formulas that never end are looked for as often as the limit says, and none after them", () => {
    const after = (endless: number): string | undefined =>
      lex(`${"\\[\na\n\n".repeat(endless)}\\[\nx\n\\]`, none, work).tokens.at(-1)?.type;
    expect(after(markdownLimits.endlessFormulas - 1)).toBe("blockFormula");
    expect(after(markdownLimits.endlessFormulas)).toBe("paragraph");
  });

  test("HTML is text", () => {
    const text = `<b>a</b> <script>alert(1)</script>\n\n<div onclick="x">\n`;
    const blocks = new MarkdownDocument().update(text, false).flatMap((part): readonly Block[] => part.blocks);
    expect(blocks).toEqual([
      { type: "paragraph", inlines: [{ type: "text", text: "<b>a</b> <script>alert(1)</script>" }] },
      { type: "paragraph", inlines: [{ type: "text", text: '<div onclick="x">' }] },
    ]);
  });
});
