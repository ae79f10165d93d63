import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../src/limits.ts";
import { MarkdownSplitter } from "../src/transcript/markdown/markdown-splitter.ts";
import type { Piece } from "../src/transcript/markdown/piece.ts";
import { StreamingMarkdown } from "../src/transcript/markdown/streaming-markdown.ts";
import { anyMarkdown, longMarkdown } from "./support/arbitrary-markdown.ts";
import { faults, viewOf } from "./support/sight.ts";

// Code is coloured when there is time: what is compared here must not depend on that.
const { highlightCode: _later, ...theme } = viewOf({}, "truecolor").theme.markdown;
const look = { theme };
const width = fc.integer({ min: 10, max: 120 });
const cuts = fc.array(fc.nat(10_000), { maxLength: 8 });

/** The text up to each cut, in their order. */
function growing(text: string, at: readonly number[]): string[] {
  const places = at.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b);
  return [...places.map((place) => text.slice(0, place)), text];
}

describe.each([
  ["any Markdown", anyMarkdown, 300],
  ["long Markdown", longMarkdown, 150],
])("StreamingMarkdown of %s", (_what, markdown, numRuns) => {
  test("in any cuts, ends with the rows of the whole text, which fit", () => {
    fc.assert(
      fc.property(markdown, cuts, width, (text, at, columns) => {
        const whole = new StreamingMarkdown(look, text).finish().render(columns);
        expect(faults(whole, columns)).toEqual([]);
        const streamed = new StreamingMarkdown(look);
        for (const part of growing(text, at)) {
          streamed.update(part);
          expect(faults(streamed.render(columns), columns)).toEqual([]);
        }
        const before = streamed.render(columns);
        expect(before).toEqual(whole);
        expect(streamed.finish().render(columns)).toBe(before);
      }),
      { numRuns },
    );
  });

  test("in any cuts, keeps the rows of finished pieces, and lets go of them when they are above the screen", () => {
    fc.assert(
      fc.property(markdown, cuts, width, fc.nat(30), (text, at, columns, screen) => {
        const whole = new StreamingMarkdown(look, text).finish().render(columns);
        const streamed = new StreamingMarkdown(look);
        const gone: string[] = [];
        for (const part of growing(text, at)) {
          streamed.update(part);
          const rows = streamed.render(columns);
          gone.push(...rows.slice(0, streamed.dropAbove(Math.max(0, rows.length - screen), columns)));
        }
        expect([...gone, ...streamed.render(columns)]).toEqual(whole);
      }),
      { numRuns },
    );
  });

  test("in any cuts, has the same pieces, none of them long", () => {
    fc.assert(
      fc.property(markdown, cuts, (text, at) => {
        const whole = new MarkdownSplitter().read(text);
        const splitter = new MarkdownSplitter();
        const finished: Piece[] = [];
        let open: Piece | null = null;
        for (const part of growing(text, at)) {
          const read = splitter.read(part);
          finished.push(...structuredClone(read.finished));
          open = read.open;
        }
        expect([...finished, open]).toEqual([...whole.finished, whole.open]);
        for (const { kind, lines } of [...whole.finished, whole.open]) {
          // A tab takes up to four columns.
          expect(lines.join("\n").length).toBeLessThanOrEqual(limits.openPiece * 4);
          expect(kind === "code" ? lines.length : 0).toBeLessThanOrEqual(limits.pieceLines + 1);
        }
      }),
      { numRuns },
    );
  });
});
