import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { Backoff } from "./backoff.ts";

test("next, one failure after another, is at once, then doubles up to the limit", () => {
  const backoff = new Backoff(() => 1);
  const waits = Array.from({ length: 10 }, () => backoff.next(0));
  expect(waits).toEqual([0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test("next, with any random number, lies anywhere below the bound", () => {
  const randoms = [0, 0.25, 0.999];
  const backoff = new Backoff(() => randoms.shift() ?? 0);
  expect([backoff.next(0), backoff.next(0), backoff.next(0), backoff.next(0)]).toEqual([0, 0, 250, 1998]);
});

test("next, after a stable connection, begins anew; after a short one it goes on", () => {
  const backoff = new Backoff(() => 1);
  backoff.next(0);
  backoff.opened(0);
  expect(backoff.next(limits.stable - 1)).toBe(500);
  backoff.opened(0);
  expect(backoff.next(limits.stable)).toBe(0);
});

test("next, after thousands of failures, is still the limit", () => {
  const backoff = new Backoff(() => 1);
  for (let count = 0; count < 5000; count++) backoff.next(0);
  expect(backoff.next(0)).toBe(limits.backoffMax);
});
