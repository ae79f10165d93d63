import { expect, test } from "vitest";
import { FrameRate } from "./frame-rate.ts";

test("FrameRate, frames up to the limit within a second, are admitted and the next one is not", () => {
  let now = 5_000;
  const rate = new FrameRate(3, () => now);
  expect([rate.admit(), rate.admit(), rate.admit(), rate.admit()]).toEqual([true, true, true, false]);
  now += 999;
  expect(rate.admit()).toBe(false);
  now += 1;
  expect(rate.admit()).toBe(true);
});
