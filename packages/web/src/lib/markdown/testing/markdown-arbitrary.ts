import fc from "fast-check";

/** Pieces that mean something together: what opens, closes and interrupts blocks and inlines, and what is between. */
const pieces = [
  "word",
  "words in a row ",
  " ",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "  \n",
  "    ",
  "\t",
  "# ",
  "### ",
  "- ",
  "* ",
  "12. ",
  "- [x] ",
  "> ",
  "```\n",
  "```ts\n",
  "~~~\n",
  "`",
  "``",
  "*",
  "**",
  "***",
  "_",
  "~~",
  "[",
  "](",
  ")",
  "]",
  "![",
  "[a]: https://example.org/\n",
  "[a]",
  "[__proto__]: /x\n",
  "https://example.org/",
  "<https://example.org/>",
  "a@example.org",
  "|",
  "| a | b |\n",
  "|---|---|\n",
  "---\n",
  "===\n",
  "$",
  "$$",
  "$$\n",
  "\\(",
  "\\)",
  "\\[",
  "\\]",
  "\\",
  "&amp;",
  "&#x27;",
  "<br>",
  "<script>alert(1)</script>",
  "עברית",
  "漢字",
  "😀",
  "\u200B",
];

/** Texts that are dense with Markdown's marks. */
export const markdown: fc.Arbitrary<string> = fc
  .array(fc.oneof({ arbitrary: fc.constantFrom(...pieces), weight: 9 }, { arbitrary: fc.string(), weight: 1 }), {
    maxLength: 40,
  })
  .map((all) => all.join(""));

/** A text, and the lengths at which a stream of it stops on its way. */
export const streamed: fc.Arbitrary<{ text: string; stops: number[] }> = markdown.chain((text) =>
  fc
    .uniqueArray(fc.nat({ max: text.length }), { maxLength: 12 })
    .map((stops) => ({ text, stops: stops.toSorted((a, b) => a - b) })),
);
