import { open } from "node:fs/promises";

/**
 * Cuts a file that a program appends to down to its end, once it is larger than `above`. What the program writes in
 * between may be lost: this is for diagnostics, where the end matters and the disk matters more.
 *
 * @returns whether it was cut
 */
export async function boundEnd(path: string, above: number, keep: number): Promise<boolean> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    if (size <= above) return false;
    const end = Buffer.allocUnsafe(Math.min(keep, size));
    const { bytesRead } = await file.read(end, 0, end.length, size - end.length);
    await file.truncate(0);
    // Written where the writer, which appends, has not been since.
    const fresh = await open(path, "a");
    try {
      await fresh.write(end.subarray(0, bytesRead));
    } finally {
      await fresh.close();
    }
    return true;
  } finally {
    await file.close();
  }
}
