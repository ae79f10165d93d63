import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PROGRAM_MS } from "../limits.ts";

/** Gives a file's first `length` bytes back to the disk and keeps its size; false where that cannot be done. */
export async function punchHole(path: string, length: number): Promise<boolean> {
  const args = ["--punch-hole", "--keep-size", "--offset", "0", "--length", String(length), path];
  try {
    await promisify(execFile)("fallocate", args, { timeout: PROGRAM_MS });
    return true;
  } catch {
    return false; // no such program, or a file system without holes: the journal is moved instead
  }
}
