import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { withFolderLock } from "../../scripts/run/folder-lock.mjs";
import { ensureInstalled } from "../../scripts/run/install.mjs";
import { isInstalled, writeStamp } from "../../scripts/run/stamp.mjs";
import { temporaryTree } from "./temporary-tree.ts";

const lockfile = (version: string): string =>
  JSON.stringify({
    packages: {
      "": {},
      "packages/a": {},
      "node_modules/a": { version },
      "node_modules/a-win32-x64": { version, optional: true },
    },
  });

/** What npm leaves behind. */
function fakeInstall(root: string, version = "1.0.0"): void {
  rmSync(join(root, "node_modules"), { recursive: true, force: true });
  mkdirSync(join(root, "node_modules/a"), { recursive: true });
  const record = { packages: { "node_modules/a": { version } } };
  writeFileSync(join(root, "node_modules/.package-lock.json"), JSON.stringify(record));
}

describe("isInstalled", () => {
  test("without node_modules: no", () => {
    expect(isInstalled(temporaryTree({ "package-lock.json": lockfile("1.0.0") }))).toBe(false);
  });

  test("with a stamp of the present lock file: yes, until the lock file changes", () => {
    const root = temporaryTree({ "package-lock.json": lockfile("1.0.0") });
    fakeInstall(root);
    writeStamp(root);
    expect(isInstalled(root)).toBe(true);
    writeFileSync(join(root, "package-lock.json"), lockfile("1.0.1"));
    expect(isInstalled(root)).toBe(false);
  });

  test("installed by hand with npm: yes, and it is stamped", () => {
    const root = temporaryTree({ "package-lock.json": lockfile("1.0.0") });
    fakeInstall(root);
    expect(isInstalled(root)).toBe(true);
    expect(existsSync(join(root, "node_modules/.pier-stamp"))).toBe(true);
  });

  test("a folder that npm recorded is gone: no", () => {
    const root = temporaryTree({ "package-lock.json": lockfile("1.0.0") });
    fakeInstall(root);
    rmSync(join(root, "node_modules/a"), { recursive: true });
    expect(isInstalled(root)).toBe(false);
  });

  test("what a package has to itself is gone, with a stamp from before: no", () => {
    const own = "packages/a/node_modules/b";
    const wanted = { packages: { [own]: { version: "1.0.0" } } };
    const root = temporaryTree({ "package-lock.json": JSON.stringify(wanted), [`${own}/package.json`]: "{}" });
    fakeInstall(root);
    writeStamp(root);
    expect(isInstalled(root)).toBe(true);
    rmSync(join(root, "packages"), { recursive: true });
    expect(isInstalled(root)).toBe(false);
  });

  test("an installation that was cut off, with a stamp from before: no", () => {
    const root = temporaryTree({ "package-lock.json": lockfile("1.0.0") });
    fakeInstall(root);
    writeStamp(root);
    rmSync(join(root, "node_modules/.package-lock.json"));
    expect(isInstalled(root)).toBe(false);
  });
});

describe("ensureInstalled", () => {
  test("several at once install once", async () => {
    const root = temporaryTree({ "package-lock.json": lockfile("1.0.0") });
    const install = vi.fn((at: string) => Promise.resolve(fakeInstall(at)));
    await Promise.all([1, 2, 3].map(() => ensureInstalled(root, install)));
    expect(install).toHaveBeenCalledTimes(1);
    expect(readdirSync(root).toSorted()).toEqual(["node_modules", "package-lock.json"]);
  });

  test("a failed installation leaves no stamp and no lock, and the next one tries again", async () => {
    const root = temporaryTree({ "package-lock.json": lockfile("1.0.0") });
    const failing = ensureInstalled(root, () => Promise.reject(new Error("no network")));
    await expect(failing).rejects.toThrow("no network");
    const install = vi.fn((at: string) => Promise.resolve(fakeInstall(at)));
    await ensureInstalled(root, install);
    expect(install).toHaveBeenCalledTimes(1);
  });
});

describe("withFolderLock", () => {
  const quick = { timeout: 200, pollEvery: 5 };
  const lockedBy = (owner: string): string => join(temporaryTree({ "lock/owner": owner }), "lock");

  test("a lock of a process that died is taken over and released", async () => {
    const child = spawn("true");
    await once(child, "exit");
    const lock = lockedBy(`process ${child.pid} on ${hostname()}`);
    await expect(withFolderLock(lock, () => Promise.resolve("done"))).resolves.toBe("done");
    expect(existsSync(lock)).toBe(false);
  });

  test.each([
    ["a living process", `process ${process.pid} on ${hostname()}`],
    ["another machine", "process 1 on elsewhere"],
  ])("a lock of %s is respected, and the error says whose it is", async (_, owner) => {
    const lock = lockedBy(owner);
    await expect(withFolderLock(lock, () => Promise.resolve(), quick)).rejects.toThrow(owner);
    expect(readFileSync(join(lock, "owner"), "utf8")).toBe(owner);
  });

  test("processes that race for it, also for a dead one's, never overlap", async () => {
    const dead = spawn("true");
    await once(dead, "exit");
    const lock = lockedBy(`process ${dead.pid} on ${hostname()}`);
    const log = join(lock, "../log");
    const module = fileURLToPath(new URL("../../scripts/run/folder-lock.mjs", import.meta.url));
    const script = `const { withFolderLock } = await import(${JSON.stringify(module)});
      const { appendFileSync } = await import("node:fs");
      for (let round = 0; round < 20; round++) await withFolderLock(${JSON.stringify(lock)}, async () => {
        appendFileSync(${JSON.stringify(log)}, "in ");
        await new Promise(setImmediate);
        appendFileSync(${JSON.stringify(log)}, "out ");
      }, { timeout: 20_000, pollEvery: 1 });`;
    const racers = [1, 2, 3, 4].map(() =>
      spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" }),
    );
    const codes = await Promise.all(racers.map((racer) => once(racer, "exit")));
    expect(codes).toEqual(racers.map(() => [0, null]));
    expect(readFileSync(log, "utf8")).toBe("in out ".repeat(80));
  });
});
