import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { DetachedError } from "../detached-error.ts";
import { errorText } from "../error-code.ts";
import { PROGRAM_MS } from "../limits.ts";

/** Makes a FIFO only its owner can use; Node has no call for it. @throws DetachedError NO_FIFO */
export async function makeFifo(path: string): Promise<void> {
  try {
    // -m sets the mode whatever the umask.
    await promisify(execFile)("mkfifo", ["-m", "600", path], { timeout: PROGRAM_MS });
  } catch (cause) {
    throw new DetachedError("NO_FIFO", `Cannot make the FIFO ${path}: ${errorText(cause).trim()}`, {
      cause,
    });
  }
}
