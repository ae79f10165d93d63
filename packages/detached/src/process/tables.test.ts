import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { linuxTable } from "./linux-table.ts";
import { psTable } from "./ps-table.ts";
import { waitUntil } from "./wait-until.ts";

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

async function startCat(): Promise<ChildProcess & { pid: number }> {
  const child = spawn("cat", { stdio: ["pipe", "ignore", "ignore"], detached: true });
  started.push(child);
  await once(child, "spawn");
  return child as ChildProcess & { pid: number };
}

const tables = [
  { name: "psTable", table: psTable },
  ...(process.platform === "linux" ? [{ name: "linuxTable", table: linuxTable }] : []),
];

describe.each(tables)("$name", ({ table }) => {
  test("startTime, asked twice, is the same; of nobody, is null", async () => {
    const { pid } = await startCat();
    expect(table.startTime(pid)).toBe(table.startTime(pid));
    expect(table.startTime(2 ** 30)).toBeNull();
  });

  test("state, a process through its life, is running, stopped, dead", async () => {
    const child = await startCat();
    const { pid } = child;
    const startTime = table.startTime(pid) ?? "";
    expect(table.state(pid, startTime)).toBe("running");
    expect(table.state(pid, `${startTime}1`)).toBe("dead");
    expect(table.isStill(pid)).toBe(false);
    child.kill("SIGSTOP");
    expect(await waitUntil(() => table.state(pid, startTime) === "stopped", 30_000)).toBe(true);
    expect(table.isStill(pid)).toBe(true);
    expect(table.isGone(pid, startTime)).toBe(false);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(table.state(pid, startTime)).toBe("dead");
    expect(table.isGone(pid, startTime)).toBe(true);
    expect(table.isStill(pid)).toBe(true);
  });

  test("group, a leader alone, is the leader; of nobody, is empty", async () => {
    const { pid } = await startCat();
    expect(table.group(pid)).toEqual([pid]);
    expect(table.group(2 ** 30)).toEqual([]);
  });
});

test("psTable, what only /proc tells, is null", () => {
  expect(psTable.writersOf("/tmp/x")).toBeNull();
  expect(psTable.leadersReading("/tmp/x")).toBeNull();
});
