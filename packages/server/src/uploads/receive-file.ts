import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { PierError } from "@pier/protocol";
import { toStorageError } from "../store/storage-error.ts";
import { mediaTypeBytes } from "./media-type.ts";

/** A file whose content is on disk. */
export interface ReceivedFile {
  size: number;
  sha256: string;
  /** Its first bytes. */
  start: Buffer;
}

/**
 * Writes a stream to a new file that only its owner can read, and hashes it on the way.
 *
 * @param limit bytes; more is not waited for
 * @throws PierError `TOO_LARGE`, `STORAGE`, and what the stream throws
 */
export async function receiveFile(content: AsyncIterable<Buffer>, path: string, limit: number): Promise<ReceivedFile> {
  const file = await onDisk(path, () => open(path, "wx", 0o600));
  try {
    const hash = createHash("sha256");
    let start = Buffer.alloc(0);
    let size = 0;
    for await (const chunk of content) {
      size += chunk.length;
      if (size > limit) throw new PierError("TOO_LARGE", tooLarge(limit));
      if (start.length < mediaTypeBytes) start = Buffer.concat([start, chunk]).subarray(0, mediaTypeBytes);
      hash.update(chunk);
      await onDisk(path, () => file.writeFile(chunk));
    }
    await onDisk(path, () => settle(file));
    return { size, sha256: hash.digest("hex"), start };
  } finally {
    await file.close();
  }
}

function tooLarge(limit: number): string {
  return `The file is too large: ${limit} bytes of it may still come. GET /api/limits says what fits.`;
}

/** The umask may have taken the owner's own bits; and what is referred to must be there after a loss of power. */
async function settle(file: FileHandle): Promise<void> {
  await file.chmod(0o600);
  await file.sync();
}

async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStorageError(error, path);
  }
}
