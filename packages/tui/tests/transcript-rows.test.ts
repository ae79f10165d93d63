import { readFileSync } from "node:fs";
import type { Payload } from "@pier/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TranscriptView } from "../src/transcript/transcript-view.ts";
import type { View } from "../src/transcript/view.ts";
import { sessionRecords } from "./support/arbitrary-turns.ts";
import { events } from "./support/frames.ts";
import { following, framed, ofSnapshot } from "./support/sessions.ts";
import { faults, viewOf } from "./support/sight.ts";

const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
const width = fc.integer({ min: 10, max: 100 });
const part = fc.double({ min: 0, max: 1, noNaN: true });

function recorded(version: string): Payload[] {
  const file = new URL(`../../protocol/fixtures/records/pi-${version}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Payload);
}

/** What is printed when rows are let go of as the screen does it. */
class Printed {
  readonly #shown: TranscriptView;
  readonly #width: number;
  #gone: string[] = [];
  #rows: readonly string[] = [];
  /** Rows above the screen that are still held. */
  #above = 0;

  constructor(shown: TranscriptView, width: number) {
    this.#shown = shown;
    this.#width = width;
  }

  draw(screen: number): void {
    let rows = this.#shown.render(this.#width);
    const differs = this.#rows.slice(0, this.#above).some((row, at) => row !== rows[at]);
    if (differs || this.#shown.outdated) {
      this.#shown.restore();
      this.#gone = [];
      rows = this.#shown.render(this.#width);
    }
    const above = Math.max(0, rows.length - screen);
    const dropped = this.#shown.dropAbove(above, this.#width);
    this.#gone.push(...rows.slice(0, dropped));
    this.#above = above - dropped;
    this.#rows = this.#shown.render(this.#width);
  }

  get rows(): readonly string[] {
    return [...this.#gone, ...this.#rows];
  }
}

function expectSameRows(
  records: readonly Payload[],
  frames: readonly Payload[][],
  view: View,
  columns: number,
  screen: number,
): void {
  const { transcript, shown } = following(view);
  const printed = new Printed(shown, columns);
  for (const [at, frame] of frames.entries()) {
    transcript.apply(events(at + 1, ...frame));
    printed.draw(screen);
  }
  expect(faults(printed.rows, columns)).toEqual([]);
  expect(printed.rows).toEqual(ofSnapshot(records, view, columns));
  shown.restore();
  expect(shown.render(columns)).toEqual(printed.rows);
}

test.each([
  ["folded", false, false],
  ["unfolded", true, true],
])(
  "TranscriptView, %s, has the same rows live in any frames, from a snapshot and drawn anew",
  (_what, expanded, thinking) => {
    fc.assert(
      fc.property(
        sessionRecords,
        part,
        sizes,
        width,
        fc.integer({ min: 5, max: 60 }),
        (all, until, frameSizes, columns, screen) => {
          const records = all.slice(0, Math.round(until * all.length));
          expectSameRows(records, framed(records, frameSizes), viewOf({ expanded, thinking }), columns, screen);
        },
      ),
      { numRuns: 300 },
    );
  },
);

test.each(["0.87.1", "1.5.2"])(
  "TranscriptView of what pi %s wrote, has the same rows live and from a snapshot, at every record",
  (version) => {
    const records = recorded(version);
    for (let end = 0; end <= records.length; end++) {
      const part = records.slice(0, end);
      expectSameRows(part, framed(part, [1]), viewOf(), 80, 20);
    }
  },
);
