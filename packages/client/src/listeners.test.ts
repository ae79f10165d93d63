import { expect, test, vi } from "vitest";
import { Listeners } from "./listeners.ts";

test("add, the same listener twice, calls it twice and removes one at a time", () => {
  const listeners = new Listeners<number>();
  const listener = vi.fn();
  const remove = listeners.add(listener);
  listeners.add(listener);
  listeners.emit(1);
  remove();
  remove();
  listeners.emit(2);
  expect(listener.mock.calls.flat()).toEqual([1, 1, 2]);
  expect(listeners.size).toBe(1);
});

test("emit, a listener that removes another, does not call the removed one", () => {
  const listeners = new Listeners<number>();
  const second = vi.fn();
  listeners.add(() => remove());
  const remove = listeners.add(second);
  listeners.emit(1);
  expect(second).not.toHaveBeenCalled();
});

test("emit, a listener that throws, calls the others and raises the error afterwards", () => {
  const raised = vi.spyOn(globalThis, "queueMicrotask").mockImplementation(() => {});
  const listeners = new Listeners<number>();
  const second = vi.fn();
  listeners.add(() => {
    throw new Error("mine");
  });
  listeners.add(second);
  listeners.emit(1);
  expect(second).toHaveBeenCalledWith(1);
  expect(raised.mock.calls[0]?.[0]).toThrow("mine");
  raised.mockRestore();
});
