import { closeSync, openSync } from "node:fs";
import type { FileItems, Item } from "../session/item-index.ts";
import { LinesFromEnd } from "./lines-from-end.ts";
import { isShownEntry, parseEntry } from "./session-entries.ts";

/**
 * The items of a session file's active branch: the path from its last line to the root. Parents stand before their
 * children, so one pass from the end finds the path, and it goes only as far as it is asked to.
 */
export class SessionFileItems implements FileItems {
  readonly #file: string;
  readonly #lines: LinesFromEnd;
  /** Last item first. */
  readonly #items: Item[] = [];
  /** The id that continues the path; undefined before the last entry was found. */
  #wanted: string | null | undefined;
  #unreadable = false;

  /** @param size how many bytes of the file count */
  constructor(file: string, size: number, chunk?: number) {
    this.#file = file;
    this.#lines = new LinesFromEnd(size, chunk);
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
    const over = (): boolean => enough() || this.#lines.finished || this.#unreadable;
    if (over()) return;
    try {
      const descriptor = openSync(this.#file, "r");
      try {
        while (!over()) this.#lines.readChunk(descriptor, (...line) => this.#line(...line));
      } finally {
        closeSync(descriptor);
      }
    } catch {
      // Removed or cut off by another program: the conversation goes on without what was in it.
      this.#unreadable = true;
    }
  }

  #line(text: string, start: number, end: number): boolean {
    // A torn line is skipped, as pi does.
    const entry = parseEntry(text);
    if (!entry || entry.type === "session") return true;
    // Files of the first version have no ids: all their lines are one path.
    if (entry.id !== undefined) {
      if (this.#wanted !== undefined && entry.id !== this.#wanted) return true;
      this.#wanted = entry.parentId ?? null;
    }
    if (isShownEntry(entry)) this.#items.push({ source: "file", start, end });
    return this.#wanted !== null;
  }
}
