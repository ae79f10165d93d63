import { expect, test } from "vitest";
import { ByteBudget } from "./byte-budget.ts";

test("ByteBudget, bytes up to the most, are spent at once and come back with time", () => {
  let now = 5_000;
  const budget = new ByteBudget(1_000, 100, () => now);
  expect([budget.spend(600), budget.spend(401), budget.spend(400), budget.spend(1)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  now += 1_000;
  expect([budget.spend(101), budget.spend(100), budget.spend(1)]).toEqual([false, true, false]);
});

test("ByteBudget after a long rest, holds no more than the most", () => {
  let now = 0;
  const budget = new ByteBudget(1_000, 100, () => now);
  now += 1_000_000;
  expect([budget.spend(1_000), budget.spend(1)]).toEqual([true, false]);
});

test("ByteBudget with a clock that was set back, goes on from there", () => {
  let now = 10_000;
  const budget = new ByteBudget(1_000, 100, () => now);
  budget.spend(1_000);
  now = 0;
  expect(budget.spend(1)).toBe(false);
  now = 1_000;
  expect(budget.spend(100)).toBe(true);
});
