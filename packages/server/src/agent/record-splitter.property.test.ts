import fc from "fast-check";
import { expect, test } from "vitest";
import type { JournalRecord } from "../session/journal-record.ts";
import { RecordSplitter } from "./record-splitter.ts";

const limit = 200;

const json = fc
  .record({
    type: fc.constantFrom("a", "b"),
    text: fc.string({ unit: "grapheme", maxLength: 40 }),
    odd: fc.constantFrom("\u2028\u2029\u0085", "😀", "\r"),
  })
  .map((value) => JSON.stringify(value));
const garbage = fc.constantFrom("", "{", "null", "[1]", '{"type":1}', "nonsense \u2028", "\r", '{"type":"torn","te');
const long = fc
  .integer({ min: limit - 40, max: limit * 3 })
  .map((length) => JSON.stringify({ type: "long", text: "x".repeat(length) }));
const lines = fc.array(fc.tuple(fc.oneof(json, garbage, long), fc.constantFrom("\n", "\n", "\r\n")), { maxLength: 20 });

/** What a splitter that is given everything at once must say of it. */
function plainly(bytes: Buffer, position: number): { records: JournalRecord[]; garbage: number[] } {
  const records: JournalRecord[] = [];
  const skipped: number[] = [];
  let start = 0;
  for (let feed = bytes.indexOf(0x0a); feed !== -1; feed = bytes.indexOf(0x0a, start)) {
    const whole = bytes.subarray(start, feed + 1);
    const text = whole.toString("utf8").replace(/\r?\n$/, "");
    const value = whole.length > limit ? undefined : parse(text);
    if (value) records.push({ start: position + start, end: position + feed + 1, text, value });
    else if (whole.length > limit) skipped.push(whole.length - 1);
    else if (text !== "") skipped.push(Buffer.byteLength(text));
    start = feed + 1;
  }
  return { records, garbage: skipped };
}

function parse(text: string): JournalRecord["value"] | undefined {
  try {
    const value = JSON.parse(text) as JournalRecord["value"] | null;
    return typeof value?.type === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

test("RecordSplitter, any lines cut into any chunks, gives the same records, positions and garbage", () => {
  fc.assert(
    fc.property(
      lines,
      fc.string({ maxLength: 10 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
      fc.nat(1e6),
      (all, end, sizes, position) => {
        const bytes = Buffer.from(all.map(([line, feed]) => line + feed).join("") + end.replaceAll("\n", ""));
        const records: JournalRecord[] = [];
        const skipped: number[] = [];
        const splitter = new RecordSplitter(position, (count) => skipped.push(count), limit);
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] as number;
          splitter.push(bytes.subarray(at, at + size), (record) => records.push(record));
          at += size;
        }
        expect({ records, garbage: skipped }).toEqual(plainly(bytes, position));
      },
    ),
    { numRuns: 500 },
  );
});

test.each([0, 1])("RecordSplitter, a record %i bytes over the limit, is a record only within it", (over) => {
  const line = (length: number): Buffer =>
    Buffer.from(`${JSON.stringify({ type: "x", text: "" }).slice(0, -2)}${"y".repeat(length - 23)}"}\n`);
  const records: JournalRecord[] = [];
  const skipped: number[] = [];
  const bytes = line(limit + over);
  expect(bytes.length).toBe(limit + over);
  new RecordSplitter(0, (count) => skipped.push(count), limit).push(bytes, (record) => records.push(record));
  expect([records.length, skipped]).toEqual(over ? [0, [limit]] : [1, []]);
});
