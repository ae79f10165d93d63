import { expect, test } from "vitest";
import { age, duration } from "./age.ts";

test.each([
  [0, "now", "0s"],
  [59_999, "59s", "59s"],
  [60_000, "1m", "1m"],
  [7_530_000, "2h", "2h 5m"],
  [90_000_000, "1d", "1d 1h"],
])("%i ms", (ms, short, long) => {
  expect([age(ms), duration(ms)]).toEqual([short, long]);
});
