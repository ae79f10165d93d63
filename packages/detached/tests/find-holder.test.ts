import { expect, test } from "vitest";
import { pathsIn } from "../src/folder/paths.ts";
import { findHolder } from "../src/process/find-holder.ts";
import { processTable } from "../src/process/process-table.ts";
import { psTable } from "../src/process/ps-table.ts";
import { attach, refusal, start } from "./harness.ts";

test("findHolder, a living child, finds it; where nothing tells, rejects with NO_PID", async () => {
  const child = await start("stalls");
  const paths = pathsIn(child.folder);
  const found = await findHolder(paths, processTable);
  expect(found).toBe(process.platform === "linux" ? child.pid : found);
  await refusal(findHolder(paths, psTable), "NO_PID");
});

test("findHolder, a dead child, is null everywhere", async () => {
  const child = await start("dies-at-start");
  await child.exited;
  expect(await findHolder(pathsIn(child.folder), processTable)).toBeNull();
  expect(await findHolder(pathsIn(child.folder), psTable)).toBeNull();
  expect((await attach(child.folder)).state()).toBe("dead");
});
