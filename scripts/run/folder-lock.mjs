// @ts-check
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Runs a task while holding a lock folder, which other processes wait for. The lock of a process that died is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} task
 * @param {{ timeout?: number, pollEvery?: number }} [options] in milliseconds
 * @throws {Error} when the lock is not free in time
 */
export async function withFolderLock(folder, task, { timeout = 300_000, pollEvery = 100 } = {}) {
  const deadline = Date.now() + timeout;
  while (!acquire(folder) && !takeOverFromTheDead(folder)) {
    if (Date.now() > deadline) {
      throw new Error(
        `Cannot get ${folder}: ${readOwner(folder) ?? "nobody"} has held it for ${timeout / 1000} s. ` +
          `If nothing is installing, delete that folder and run this again.`,
      );
    }
    await delay(pollEvery);
  }
  try {
    return await task();
  } finally {
    release(folder);
  }
}

const self = `process ${process.pid} on ${hostname()}`;

/**
 * The folder appears with its owner inside, in one rename, so that it never stands there without one.
 * @param {string} folder
 */
function acquire(folder) {
  const prepared = mkdtempSync(`${folder}.`);
  try {
    writeFileSync(ownerFile(prepared), self);
    renameSync(prepared, folder);
    return true;
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    if (isCode(error, ["ENOTEMPTY", "EEXIST", "EPERM"])) return false;
    throw error;
  }
}

/**
 * Only one process can make the folder inside, so only one takes over, and it looks again before it does.
 * @param {string} folder
 */
function takeOverFromTheDead(folder) {
  if (!isDead(readOwner(folder))) return false;
  const taking = join(folder, "taking-over");
  try {
    mkdirSync(taking);
  } catch (error) {
    if (isCode(error, ["EEXIST", "ENOENT"])) return false;
    throw error;
  }
  const stillDead = isDead(readOwner(folder));
  if (stillDead) writeFileSync(ownerFile(folder), self);
  // The lock may be gone by now, when somebody else held and released it in between.
  rmSync(taking, { recursive: true, force: true });
  return stillDead;
}

/** @param {string} folder */
function release(folder) {
  const done = mkdtempSync(`${folder}.`);
  renameSync(folder, join(done, basename(folder)));
  rmSync(done, { recursive: true, force: true });
}

/** @param {string} folder */
function readOwner(folder) {
  try {
    return readFileSync(ownerFile(folder), "utf8");
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} owner */
function isDead(owner) {
  const [, pid, host] = /^process (\d+) on (.*)$/.exec(owner ?? "") ?? [];
  if (!pid || host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isCode(error, ["ESRCH"]);
  }
}

/** @param {string} folder */
const ownerFile = (folder) => join(folder, "owner");

/**
 * @param {unknown} error
 * @param {string[]} codes
 */
const isCode = (error, codes) => error instanceof Error && "code" in error && codes.includes(String(error.code));
