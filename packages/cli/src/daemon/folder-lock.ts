import { mkdirSync, rmdirSync, statSync } from "node:fs";
import { limits } from "../limits.ts";

/**
 * Runs something while no other program does the same: whoever can make the folder may. One that was left behind by a
 * program that ended in between is taken over.
 *
 * @param folder its parent exists
 */
export function withFolderLock(folder: string, run: () => void): void {
  while (!isMade(folder)) {
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    if (made === undefined) continue;
    // A time ahead of this clock would never pass.
    if (Math.abs(Date.now() - made) > limits.hostsLock) remove(folder);
    else Atomics.wait(pause, 0, 0, 5);
  }
  try {
    run();
  } finally {
    remove(folder);
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

function isMade(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function remove(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
