import { expect, test, vi } from "vitest";
import { FakeClock } from "../../tests/session/support/fake-clock.ts";
import { limits } from "../limits.ts";
import { PiSessionsWatch } from "./pi-sessions-watch.ts";

function open() {
  const clock = new FakeClock();
  const state = { watched: true, isDifferent: false };
  const look = vi.fn<() => Promise<boolean>>(async () => state.isDifferent);
  const onChange = vi.fn<() => void>();
  const watch = new PiSessionsWatch({ clock, watched: () => state.watched, look, onChange });
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { state, look, onChange, watch, advance };
}

test("PiSessionsWatch: looks while somebody watches, once however many do, and says what is different", async () => {
  const { state, look, onChange, watch, advance } = open();
  watch.viewersChanged();
  watch.viewersChanged();
  await advance(0);
  watch.viewersChanged();
  expect([look.mock.calls.length, onChange.mock.calls.length]).toEqual([1, 0]);
  state.isDifferent = true;
  await advance(limits.piWatch);
  expect([look.mock.calls.length, onChange.mock.calls.length]).toEqual([2, 1]);
  state.watched = false;
  await advance(limits.piWatch);
  await advance(limits.piWatch);
  expect(look).toHaveBeenCalledTimes(2);
  state.watched = true;
  watch.viewersChanged();
  await advance(0);
  expect(look).toHaveBeenCalledTimes(3);
  watch.stop();
  await advance(limits.piWatch * 2);
  expect(look).toHaveBeenCalledTimes(3);
});

test("PiSessionsWatch: rests longer where a look takes long, and goes on after one that fails", async () => {
  let now = 0;
  const rests: number[] = [];
  let again = (): void => {};
  const clock = {
    now: () => now,
    after: (ms: number, callback: () => void) => {
      rests.push(ms);
      again = callback;
      return () => {};
    },
  };
  const looks = [
    async () => {
      now += 1;
      throw new Error("once");
    },
    async () => {
      now += limits.piWatch;
      return false;
    },
  ];
  const look = (): Promise<boolean> => looks.shift()?.() ?? Promise.resolve(false);
  new PiSessionsWatch({ clock, watched: () => true, look, onChange: () => {} }).viewersChanged();
  await vi.waitFor(() => expect(rests).toEqual([limits.piWatch]));
  again();
  await vi.waitFor(() => expect(rests).toEqual([limits.piWatch, limits.piWatch * limits.piWatchShare]));
});
