import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, vi } from "vitest";
import { DetachedError, reattach, spawnDetached } from "../src/index.ts";
import type { DetachedChild, DetachedErrorCode, SpawnDetachedOptions } from "../src/index.ts";
import { processTable } from "../src/process/process-table.ts";
import { waitUntil } from "../src/process/wait-until.ts";

/** Far above what any test takes on a busy machine. */
const LIMIT_MS = 60_000;
vi.setConfig({ testTimeout: LIMIT_MS, hookTimeout: LIMIT_MS });

const folders: string[] = [];
const handles: DetachedChild[] = [];

const pids: number[] = [];

afterEach(async () => {
  for (const pid of pids.splice(0)) if (isAlive(pid)) process.kill(pid, "SIGKILL");
  for (const handle of handles.splice(0)) {
    await handle.terminate({ graceMs: 0 });
    await handle.dispose();
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "detached-"));
  folders.push(folder);
  return folder;
}

/** A process outside the child's group, or one that outlives it; it is gone after the test. */
export function endAfterwards(pid: number): number {
  pids.push(pid);
  return pid;
}

/** The path of a program under `fixtures/`. */
export function fixture(name: string): string {
  return join(import.meta.dirname, "fixtures", `${name}.mjs`);
}

/** Starts a fixture program; it is gone after the test. */
export async function start(
  name: string,
  args: readonly (string | number)[] = [],
  options: Partial<SpawnDetachedOptions> = {},
): Promise<DetachedChild> {
  return keep(
    await spawnDetached({
      folder: join(newFolder(), "child"),
      command: process.execPath,
      args: [fixture(name), ...args.map(String)],
      cwd: import.meta.dirname,
      env: {},
      epoch: "first",
      ...options,
    }),
  );
}

/** Reattaches; the child is gone after the test. */
export async function attach(folder: string): Promise<DetachedChild> {
  return keep(await reattach(folder));
}

function keep(child: DetachedChild): DetachedChild {
  handles.push(child);
  return child;
}

/** Waits for what the operating system does not tell. */
export async function until(condition: () => boolean): Promise<void> {
  if (!(await waitUntil(condition, LIMIT_MS / 2))) throw new Error(`never came: ${condition.toString()}`);
}

/** Waits until the journal holds a text, and gives all of it. */
export async function untilSays(child: DetachedChild, text: string | RegExp): Promise<string> {
  let all = "";
  const says = (): boolean => {
    all = child.journal.readSync(child.journal.start(), 1e9).toString("latin1");
    return typeof text === "string" ? all.includes(text) : text.test(all);
  };
  await until(says);
  return all;
}

/** Waits for a refusal and checks its code. */
export async function refusal(promise: Promise<unknown>, code: DetachedErrorCode): Promise<DetachedError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DetachedError);
  expect(error).toMatchObject({ code });
  return error as DetachedError;
}

/** Whether a process is there, and no zombie. */
export function isAlive(pid: number): boolean {
  const startTime = processTable.startTime(pid);
  return startTime !== null && processTable.state(pid, startTime) !== "dead";
}
