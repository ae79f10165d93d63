import { describe, expect, test } from "vitest";
import { LIMITS } from "../limits.ts";
import type { Turn } from "../script/step.ts";
import { Attempts } from "./attempts.ts";

describe("Attempts", () => {
  const turn: Turn = [{ http: 529, times: 2 }, { text: "a" }, { drop: true, times: 1 }];

  test("failures come in order, each as often as scripted, and then start anew", () => {
    const attempts = new Attempts();
    const round = [turn[0], turn[0], turn[2], undefined];
    for (const failure of [...round, ...round]) expect(attempts.next("key", turn)).toBe(failure);
    expect(attempts.size).toBe(0);
  });

  test("without a number every attempt fails", () => {
    const attempts = new Attempts();
    const always: Turn = [{ drop: true }];
    for (let count = 0; count < 10; count += 1) expect(attempts.next("key", always)).toBe(always[0]);
  });

  test("the oldest counters are forgotten over the limit", () => {
    const attempts = new Attempts();
    for (let count = 0; count <= LIMITS.attemptCounters; count += 1) attempts.next(`key${count}`, turn);
    expect(attempts.size).toBe(LIMITS.attemptCounters);
  });
});
