import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { IdleExit } from "./idle-exit.ts";

describe("IdleExit", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("it waits for the whole time after the last request", () => {
    const onIdle = vi.fn();
    const idle = new IdleExit(1000, onIdle);
    vi.advanceTimersByTime(999);
    idle.setBusy(true);
    vi.advanceTimersByTime(5000);
    idle.setBusy(false);
    vi.advanceTimersByTime(999);
    expect(onIdle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  test("stopped, it leaves no timer", () => {
    new IdleExit(1000, vi.fn()).stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
