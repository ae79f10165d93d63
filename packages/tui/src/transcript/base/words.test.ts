import { expect, test } from "vitest";
import { counted, duration, size } from "./words.ts";

test.each([
  [undefined, ""],
  [49, ""],
  [50, "0.1s"],
  [3210, "3.2s"],
  [59_949, "59.9s"],
  [59_950, "1m 00s"],
  [65_400, "1m 05s"],
  [3_600_000, "1h 00m"],
  [7_380_000, "2h 03m"],
])("duration of %s ms, is %j", (ms, expected) => {
  expect(duration(ms)).toBe(expected);
});

test("size and counted, say what people say", () => {
  expect([size(999), size(12_345), size(3_400_000)]).toEqual(["999 B", "12 KB", "3.4 MB"]);
  expect([counted(1, "line"), counted(1200, "line")]).toEqual(["1 line", "1,200 lines"]);
});
