import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Typing } from "./typing.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("Typing, says how long until a pause, while something is being written", () => {
  let isWriting = true;
  const typing = new Typing(() => isWriting);
  expect(typing.quietIn()).toBe(0);
  typing.touch();
  expect(typing.quietIn()).toBe(600);
  vi.advanceTimersByTime(400);
  expect(typing.quietIn()).toBe(200);
  isWriting = false;
  expect(typing.quietIn()).toBe(0);
  isWriting = true;
  vi.advanceTimersByTime(400);
  expect(typing.quietIn()).toBe(0);
});
