import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lockDataDirectory, readDaemonFile, removeDaemonFile, writeDaemonFile } from "../../src/store/index.ts";
import { isLocked } from "../../src/whereabouts.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const daemon = { pid: 4_242, url: "http://127.0.0.1:3141", startedAt: 1, version: "0.1.0" };

/** Another process that holds the lock, though nothing refers to it any more, and wrote its daemon.json. */
async function holder(folder: string): Promise<ChildProcess> {
  const program = `
    import { lockDataDirectory, writeDaemonFile } from ${JSON.stringify(new URL("../../src/store/index.ts", import.meta.url).href)};
    lockDataDirectory(process.argv[1]);
    writeDaemonFile(process.argv[1], ${JSON.stringify(daemon)});
    gc();
    process.stdout.write("held");
    process.stdin.resume();`;
  const options = ["--expose-gc", "--input-type=module-typescript", "--eval"];
  const child = spawn(process.execPath, [...options, program, folder], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

test("lockDataDirectory: a second daemon is told the pid and url of the first", async () => {
  const folder = temporaryFolder();
  await holder(folder);
  expect(() => lockDataDirectory(folder)).toThrow(
    expect.objectContaining({
      code: "CONFLICT",
      message: expect.stringMatching(/pid 4242 at http:\/\/127\.0\.0\.1:3141/),
    }),
  );
});

test("lockDataDirectory: kill -9 of the holder releases it, and its daemon.json goes", async () => {
  const folder = temporaryFolder();
  const child = await holder(folder);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(readDaemonFile(folder)).toEqual(daemon);
  const lock = lockDataDirectory(folder);
  expect(readDaemonFile(folder)).toBeNull();
  lock.release();
});

test("isLocked: while another process holds the folder, and no longer after kill -9 of it", async () => {
  const folder = temporaryFolder();
  expect(isLocked(folder)).toBe(false);
  const child = await holder(folder);
  expect(isLocked(folder)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isLocked(folder)).toBe(false);
});

test("isLocked: of this process's own lock too, and looking takes nothing from it", () => {
  const folder = temporaryFolder();
  const lock = lockDataDirectory(folder);
  expect(isLocked(folder)).toBe(true);
  expect(() => lockDataDirectory(folder)).toThrow(/daemon that is just starting/);
  lock.release();
  expect(isLocked(folder)).toBe(false);
  lockDataDirectory(folder).release();
});

test("lockDataDirectory: holds within one process too, until it is released", () => {
  const folder = temporaryFolder();
  const lock = lockDataDirectory(folder);
  expect(() => lockDataDirectory(folder)).toThrow(/daemon that is just starting/);
  lock.release();
  lock.release();
  lockDataDirectory(folder).release();
});

test("lockDataDirectory: one of many at once gets it", () => {
  const folder = temporaryFolder();
  const outcomes = Array.from({ length: 5 }, () => {
    try {
      return lockDataDirectory(folder);
    } catch (error) {
      return (error as { code: string }).code;
    }
  });
  expect(outcomes.filter((outcome) => outcome === "CONFLICT")).toHaveLength(4);
});

test("lockDataDirectory: a lock file that is no database is STORAGE, not somebody else's lock", () => {
  const folder = temporaryFolder();
  lockDataDirectory(folder).release();
  writeFileSync(join(folder, "pier.lock"), "nonsense ".repeat(1_000));
  expect(() => lockDataDirectory(folder)).toThrow(expect.objectContaining({ code: "STORAGE" }));
});

test("readDaemonFile: null when it is missing, torn or of another shape", () => {
  const folder = temporaryFolder();
  lockDataDirectory(folder).release();
  expect(readDaemonFile(folder)).toBeNull();
  for (const text of ["", '{"pid":', "null", '{"pid":"1"}', '{"pid":-1,"url":"u","startedAt":1,"version":"v"}']) {
    writeFileSync(join(folder, "daemon.json"), text);
    expect(readDaemonFile(folder)).toBeNull();
  }
  chmodSync(join(folder, "daemon.json"), 0o644);
  writeDaemonFile(folder, daemon);
  expect(readDaemonFile(folder)).toEqual(daemon);
  removeDaemonFile(folder);
  removeDaemonFile(folder);
  expect(readDaemonFile(folder)).toBeNull();
});
