import { open } from "node:fs/promises";

/** The last bytes of a file as UTF-8, beginning at a whole character. */
export async function readEnd(path: string, maxBytes: number): Promise<string> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - maxBytes);
    const buffer = Buffer.allocUnsafe(size - from);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    let begin = 0;
    // A cut character's remaining bytes are 10xxxxxx, three at most.
    while (from > 0 && begin < 3 && ((buffer[begin] ?? 0) & 0xc0) === 0x80) begin += 1;
    return buffer.toString("utf8", begin, bytesRead);
  } finally {
    await file.close();
  }
}
