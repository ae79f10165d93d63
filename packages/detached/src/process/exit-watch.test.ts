import { expect, test } from "vitest";
import { ExitWatch } from "./exit-watch.ts";

test("ExitWatch, nudged without end, still notices", async () => {
  let looks = 0;
  const watch = new ExitWatch(() => {
    looks += 1;
    return looks > 5;
  });
  while (!watch.over) {
    watch.nudge();
    await new Promise(setImmediate);
  }
  expect(await watch.exited).toEqual({ code: null, signal: null, observed: false });
});

test("ExitWatch, a process gone already, tells at once", async () => {
  const watch = new ExitWatch(() => true);
  expect(watch.over).toBe(true);
  watch.nudge();
  await watch.exited;
});

test("ExitWatch, stopped, looks no more", async () => {
  let looks = 0;
  const watch = new ExitWatch(() => (looks += 1) > 1e9);
  watch.stop();
  watch.nudge();
  const other = new ExitWatch(() => (looks += 1) > 10);
  await other.exited;
  expect(looks).toBe(11);
});
