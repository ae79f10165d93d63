import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sensibleRecords, senselessRecords } from "../../tests/live/arbitrary-records.ts";
import { applyAll, inFlight, joinDeltas, joinLate, overTheWire } from "../../tests/live/records.ts";
import type { Payload } from "../frames/common.ts";
import type { AssistantMessage } from "../records/messages.ts";
import { LiveState } from "./live-state.ts";

function expectSameFromAnyCut(records: readonly Payload[], cut: number): void {
  const [before, after] = [records.slice(0, cut), records.slice(cut)];
  const stayed = new LiveState();
  applyAll(stayed, before);
  const late = joinLate(stayed);
  expect(inFlight(late)).toEqual(inFlight(stayed));

  const coalesced = joinLate(stayed);
  const finished = applyAll(stayed, after);
  expect(applyAll(late, overTheWire(after))).toEqual(finished);
  expect(inFlight(late)).toEqual(inFlight(stayed));
  expect(applyAll(coalesced, joinDeltas(after))).toEqual(finished);
  expect(inFlight(coalesced)).toEqual(inFlight(stayed));
}

// A property that fails says its seed and path; `fc.assert(..., { seed, path })` plays it again.
describe("LiveState cut anywhere and rebuilt from its tail, ends as one that never stopped", () => {
  test("for what pi writes", () => {
    fc.assert(
      fc.property(sensibleRecords, fc.double({ min: 0, max: 1, noNaN: true }), (records, part) => {
        expectSameFromAnyCut(records, Math.round(part * records.length));
      }),
      { numRuns: 500 },
    );
  });

  test("for what no pi writes", () => {
    fc.assert(
      fc.property(senselessRecords, fc.nat(40), (records, cut) => expectSameFromAnyCut(records, cut)),
      { numRuns: 1_000, examples: [[twoEnds, 0]] },
    );
  });

  test.each(["0.87.1", "1.5.2"])("for what pi %s wrote, at every record", (version) => {
    const records = recorded(version);
    for (let cut = 0; cut <= records.length; cut++) expectSameFromAnyCut(records, cut);
  });
});

/** Neighbours that look as if they could be joined. */
const twoEnds: Payload[] = [
  { type: "message_start", message: { role: "assistant" } },
  ...["a", "b"].map((content) => ({
    type: "message_update",
    assistantMessageEvent: { type: "text_end", contentIndex: 0, delta: "", content },
  })),
];

test.each(["0.87.1", "1.5.2"])(
  "LiveState after the updates of a message of pi %s, holds the text of its end",
  (version) => {
    const state = new LiveState();
    let compared = 0;
    for (const record of recorded(version)) {
      const open = state.message;
      const message = state.apply(record);
      if (record.type !== "message_end" || message?.role !== "assistant" || !open) continue;
      const parts = (message as AssistantMessage).content as {
        type: string;
        text?: string;
        thinking?: string;
        arguments?: unknown;
      }[];
      expect(open.blocks.map((block) => (block.kind === "toolcall" ? JSON.parse(block.text) : block.text))).toEqual(
        parts.map((part) => part.text ?? part.thinking ?? part.arguments),
      );
      compared += parts.length;
    }
    expect(compared).toBeGreaterThan(5);
    expect(inFlight(state)).toMatchObject({
      message: null,
      tools: [],
      bash: [],
      running: false,
      retry: null,
      compaction: null,
    });
  },
);

test("LiveState for any record at all, does not throw", () => {
  const anyRecord = fc.dictionary(
    fc.constantFrom("message", "data", "id", "delta", "usage", "result", "command"),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(senselessRecords, anyRecord, (records, extra) => {
      const state = new LiveState();
      for (const record of records) state.apply({ ...record, ...extra });
      JSON.stringify(state.tail());
    }),
  );
});

function recorded(version: string): Payload[] {
  const file = new URL(`../../fixtures/records/pi-${version}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Payload);
}
