import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../limits.ts";
import { Gates } from "./gates.ts";

describe("Gates", () => {
  test("opening lets everybody held go on and forgets the gate", async () => {
    const gates = new Gates();
    const { signal } = new AbortController();
    const held = [gates.pass("a", signal), gates.pass("a", signal)];
    expect(gates.list()).toEqual([{ name: "a", waiting: 2, open: false }]);
    expect(gates.open("a")).toBe(2);
    await Promise.all(held);
    expect(gates.list()).toEqual([]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("a gate opened in advance lets one pass", async () => {
    const gates = new Gates();
    const { signal } = new AbortController();
    expect(gates.open("a")).toBe(0);
    await gates.pass("a", signal);
    void gates.pass("a", signal);
    expect(gates.list()).toEqual([{ name: "a", waiting: 1, open: false }]);
  });

  test("an arrival is told, whether it was before or after the question", async () => {
    const gates = new Gates();
    const { signal } = new AbortController();
    const asked = gates.waitForArrival("a");
    void gates.pass("a", signal);
    await asked;
    await gates.waitForArrival("a");
  });

  test("who leaves is forgotten", async () => {
    const gates = new Gates();
    const control = new AbortController();
    const held = gates.pass("a", control.signal);
    const asked = gates.waitForArrival("b", control.signal);
    control.abort();
    await expect(held).rejects.toThrow("aborted");
    await expect(asked).rejects.toThrow("aborted");
    await expect(gates.pass("c", control.signal)).rejects.toThrow("aborted");
    expect(gates.list()).toEqual([]);
  });

  test("gates, and waiters at a gate, are bounded", async () => {
    const gates = new Gates();
    const { signal } = new AbortController();
    for (let count = 0; count < LIMITS.gateWaiters; count += 1) void gates.pass("full", signal);
    await expect(gates.pass("full", signal)).rejects.toMatchObject({ code: "gate_full" });
    for (let count = 1; count < LIMITS.gates; count += 1) gates.open(`g${count}`);
    expect(() => gates.open("one-more")).toThrow("gates are in use");
  });
});
