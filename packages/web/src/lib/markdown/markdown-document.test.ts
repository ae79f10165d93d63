import fc from "fast-check";
import { expect, test } from "vitest";
import { markdownLimits } from "./limits.ts";
import { MarkdownDocument, type Part } from "./markdown-document.ts";
import { markdown, streamed } from "./testing/markdown-arbitrary.ts";
import type { Block, Inline } from "./tree.ts";

const whole = (text: string): readonly Part[] => new MarkdownDocument().update(text, false);
const blocksOf = (parts: readonly Part[]): Block[] => parts.flatMap(({ blocks }) => blocks);
const words = (text: string): { type: "text"; text: string } => ({ type: "text", text });

test("update, a stream that ends: the same parts as of the text at once, wherever it stopped on its way", () => {
  fc.assert(
    fc.property(streamed, ({ text, stops }) => {
      const growing = new MarkdownDocument();
      for (const stop of stops) growing.update(text.slice(0, stop), true);
      expect(blocksOf(growing.update(text, false))).toEqual(blocksOf(whole(text)));
    }),
    { numRuns: 2_000 },
  );
});

test("update, every beginning of a text: parts with keys in a row, and what is finished stays the same object", () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const growing = new MarkdownDocument();
      let before: readonly Part[] = [];
      for (let end = 0; end <= text.length; end++) {
        const parts = growing.update(text.slice(0, end), true);
        expect(parts.map(({ key }) => key)).toEqual(parts.map((_, index) => index));
        // A link's definition may arrive after the part that waits for it; nothing else changes what is finished.
        const isStable = parts.slice(0, Math.max(0, before.length - 2)).every((part, index) => part === before[index]);
        expect(isStable || /\[[^\]]+\]:/.test(text)).toBe(true);
        before = parts;
      }
    }),
    { numRuns: 300 },
  );
});

const answer = `# Title

First paragraph with **bold** and \`code\`.

- one
- two

\`\`\`ts
const a = 1;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

Last words.`;

test("update, an answer character by character: only the last part is ever another object", () => {
  const growing = new MarkdownDocument();
  const seen = new Map<number, Part>();
  for (let end = 1; end <= answer.length; end++) {
    const parts = growing.update(answer.slice(0, end), true);
    for (const part of parts.slice(0, -1)) {
      expect(part).toBe(seen.get(part.key) ?? part);
      seen.set(part.key, part);
    }
  }
  const final = growing.update(answer, false);
  expect(final.slice(0, -1).every((part) => part === seen.get(part.key))).toBe(true);
  expect(final).toHaveLength(6);
});

test("update, marks that are open: shown closed, never as marks", () => {
  const growing = new MarkdownDocument();
  const texts: string[] = [];
  const collect = (inlines: readonly Inline[]): void => {
    for (const inline of inlines) {
      if (inline.type === "text") texts.push(inline.text);
      if ("inlines" in inline) collect(inline.inlines);
    }
  };
  const source = "A **bold *and thin* word**, `code`, [a link](https://example.org/path) and ~~no~~ end.";
  for (let end = 1; end <= source.length; end++) {
    for (const block of blocksOf(growing.update(source.slice(0, end), true))) {
      if (block.type === "paragraph") collect(block.inlines);
    }
  }
  expect(texts.filter((text) => /[*`~[\]]|https:/.test(text))).toEqual([]);
});

test("update, a definition after its use: the part that waits for it becomes a link", () => {
  const growing = new MarkdownDocument();
  const use = "See [this][a].\n\n";
  growing.update(use, true);
  const [part] = growing.update(`${use}[a]: https://example.org/\n\nEnd.\n`, true);
  expect(part?.blocks).toEqual([
    {
      type: "paragraph",
      inlines: [
        words("See "),
        { type: "link", href: "https://example.org/", host: null, inlines: [words("this")] },
        words("."),
      ],
    },
  ]);
});

test("update, definitions with names of objects: links, and nothing else", () => {
  const blocks = blocksOf(
    whole("[__proto__]: https://a.example/\n[constructor]: https://b.example/\n\n[x][constructor] [y][toString]"),
  );
  expect(JSON.stringify(blocks)).toContain("https://b.example/");
  expect(JSON.stringify(blocks)).toContain("[y][toString]");
  expect(({} as Record<string, unknown>)["href"]).toBeUndefined();
});

test("update, another text than before: begins anew", () => {
  const document = new MarkdownDocument();
  document.update("# One\n\nTwo\n\nThree", true);
  expect(blocksOf(document.update("# Other", false))).toEqual(blocksOf(whole("# Other")));
});

test("update, more definitions than the limit: the rest stays text", () => {
  const count = markdownLimits.definitions + 10;
  const names = Array.from({ length: count }, (_, at) => `n${at}`);
  const text = `${names.map((name) => `[${name}]: https://example.org/${name}\n\n`).join("")}${names.map((name) => `[${name}]`).join(" ")}`;
  const found = JSON.stringify(blocksOf(whole(text))).match(/"type":"link"/g);
  expect(found).toHaveLength(markdownLimits.definitions);
});

test("update, too many characters or lines in one block: text as it is, and code when it is one fence", () => {
  const long = "a ".repeat(markdownLimits.block / 2 + 1);
  expect(blocksOf(whole(long))).toEqual([{ type: "plain", text: long }]);
  const high = "- a\n".repeat(markdownLimits.blockLines);
  expect(blocksOf(whole(high))).toEqual([{ type: "plain", text: high }]);
  const code = "x\n".repeat(markdownLimits.blockLines);
  const fenced = `~~~ts\n${code}~~~\n`;
  expect(blocksOf(whole(fenced))).toEqual([{ type: "code", text: code.slice(0, -1), language: "ts", closed: true }]);
  expect(blocksOf(new MarkdownDocument().update(`\`\`\`ts\n${code}`, true))).toMatchObject([
    { type: "code", language: "ts", closed: false },
  ]);
});

test("update, more elements than the limit: the rest is one text, and nothing is lost", () => {
  const part = "*a* b\n\n";
  const text = part.repeat(markdownLimits.nodes / 3);
  const blocks = blocksOf(whole(text));
  const formatted = blocks.findIndex(({ type }) => type === "plain");
  expect(formatted).toBeGreaterThan(markdownLimits.nodes / 6);
  expect(blocks.slice(formatted)).toEqual([{ type: "plain", text: text.slice(formatted * part.length) }]);
});
