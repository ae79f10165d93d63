import { closeSync, openSync, readSync } from "node:fs";
import { limits } from "../limits.ts";
import type { FileItems, Item } from "../session/item-index.ts";
import { type EntryHead, isShown } from "./session-entries.ts";

/**
 * The items of a session file's active branch: the path from its last line to the root. Parents stand before their
 * children, so one pass from the end finds the path, and it goes only as far as it is asked to.
 */
export class SessionFileItems implements FileItems {
  readonly #file: string;
  /** Last item first. */
  readonly #items: Item[] = [];
  /** Everything at and after this position was searched. */
  #position: number;
  /** Bytes before the position that belong to a line whose start was not read yet: they end at `#position`. */
  #carry: Buffer = Buffer.alloc(0);
  /** The id that continues the path; undefined before the last entry was found. */
  #wanted: string | null | undefined;

  /** @param size how many bytes of the file count */
  constructor(file: string, size: number) {
    this.#file = file;
    this.#position = size;
  }

  fromEnd(index: number): Item | undefined {
    this.#search(() => this.#items.length > index);
    return this.#items[index];
  }

  indexOf(start: number): number {
    this.#search(() => (this.#items.at(-1)?.start ?? Infinity) <= start);
    let low = 0;
    let high = this.#items.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = (this.#items[middle] as Item).start;
      if (found === start) return middle;
      if (found > start) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #search(enough: () => boolean): void {
    if (enough() || this.#position === 0 || this.#wanted === null) return;
    const descriptor = openSync(this.#file, "r");
    try {
      while (!enough() && this.#position > 0 && this.#wanted !== null) this.#readBack(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Reads one chunk before the position and takes the lines that begin in it. */
  #readBack(descriptor: number): void {
    // A line longer than a chunk is fetched with ever larger ones, so that it is not copied again and again.
    const length = Math.min(this.#position, Math.max(limits.fileChunk, this.#carry.length));
    const chunk = Buffer.alloc(length);
    const start = this.#position - length;
    const read = readSync(descriptor, chunk, 0, length, start);
    if (read < length) throw new Error(`${this.#file} became shorter while it was read`);
    const bytes = Buffer.concat([chunk, this.#carry]);
    let end = bytes.length;
    for (;;) {
      const feed = end === 0 ? -1 : bytes.lastIndexOf(0x0a, end - 1);
      if (feed === -1) break;
      this.#line(bytes, feed + 1, end, start);
      end = feed;
      if (this.#wanted === null) return;
    }
    this.#position = start;
    this.#carry = bytes.subarray(0, end);
    if (start === 0 && end > 0) this.#line(bytes, 0, end, 0);
  }

  #line(bytes: Buffer, from: number, to: number, base: number): void {
    if (to <= from) return;
    const entry = parseEntry(bytes.toString("utf8", from, to));
    if (!entry || entry.type === "session") return;
    // Files of the first version have no ids: all their lines are one path.
    if (entry.id !== undefined) {
      if (this.#wanted !== undefined && entry.id !== this.#wanted) return;
      this.#wanted = entry.parentId ?? null;
    }
    if (isShown(entry)) this.#items.push({ source: "file", start: base + from, end: base + to });
  }
}

function parseEntry(line: string): EntryHead | undefined {
  try {
    const entry = JSON.parse(line) as EntryHead | null;
    return typeof entry === "object" && entry !== null && typeof entry.type === "string" ? entry : undefined;
  } catch {
    // A torn line: pi skips it as well.
    return undefined;
  }
}
