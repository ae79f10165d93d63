import fc from "fast-check";

const word = fc.constantFrom(
  "a",
  "word",
  "**bold**",
  "`code`",
  "[link](http://a.b)",
  "[ref]",
  "*it*",
  "漢字",
  "👩‍💻",
  "x|y",
  "$a_b$",
  "\u001b[31m",
  "--",
  "<b>",
  "e\u0301",
  "\t",
);
const words = fc.array(word, { minLength: 1, maxLength: 8 }).map((all) => all.join(" "));
const line = fc.oneof(
  { weight: 6, arbitrary: words },
  { weight: 8, arbitrary: fc.constant("") },
  fc.constantFrom(
    "```",
    "```js",
    "~~~",
    "````",
    "  ```",
    "    ```ts",
    "``",
    "---",
    "===",
    "| a | b |",
    "|---|---|",
    "| 1 | 2 |",
    "[ref]: http://x.y",
    "$$",
    "\\[",
    "\\]",
    "<!--",
    "-->",
    "<pre>",
    "</pre>",
    "# Head",
    "### Sub",
    "> quote",
    ">> deeper",
    ">",
  ),
  fc
    .tuple(fc.constantFrom("- ", "* ", "1. ", "2. ", "  - ", "    1. ", "  ", "    ", "> - "), words)
    .map(([mark, text]) => mark + text),
);

/** Markdown of many kinds of lines in no sensible order. */
export const anyMarkdown: fc.Arbitrary<string> = fc.array(line, { maxLength: 40 }).map((lines) => lines.join("\n"));

/** Markdown whose parts are long enough to be split within. */
export const longMarkdown: fc.Arbitrary<string> = fc
  .array(
    fc
      .tuple(
        line,
        fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.nat(120), fc.integer({ min: 100, max: 500 })),
        fc.constantFrom("\n", "\n", " ", ""),
      )
      .map(([text, times, join]) => `${text}${join}`.repeat(times)),
    { maxLength: 5 },
  )
  .map((parts) => parts.join("\n"));
