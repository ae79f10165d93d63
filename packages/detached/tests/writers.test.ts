import { expect, test } from "vitest";
import { writersOf } from "../src/journal/writers.ts";
import { psTable } from "../src/process/ps-table.ts";
import { start, until, untilSays } from "./harness.ts";

test("writersOf, no /proc, stops the group and lets it go on", async () => {
  const child = await start("counts");
  await untilSays(child, "100\n");
  const writers = writersOf("/no/such/file", child.pid, psTable);
  expect(writers.atRest()).toEqual([]);
  await writers.stop();
  expect(child.state()).toBe("stopped");
  expect(writers.atRest()).toEqual([child.pid]);
  writers.goOn([Number(child.pid)]);
  expect(child.state()).toBe("stopped");
  writers.goOn([]);
  await until(() => child.state() === "running");
});
