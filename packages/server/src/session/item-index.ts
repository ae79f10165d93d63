import type { AgentMessage } from "@pier/protocol";

/** Where one finished message stands. */
export interface Item {
  source: "journal" | "file";
  start: number;
  end: number;
  /** For a direct shell command: its text stands in another record. */
  command?: { command: string; excludeFromContext: boolean };
}

/** Older items of a session file, found from its end backwards as far as they are wanted. */
export interface FileItems {
  /** The nth item from the end, 0 being the last; undefined beyond the first. Reads as much of the file as it must. */
  fromEnd(index: number): Item | undefined;
  /** How far from the end the item at `start` is; -1 when there is none. Reads as much of the file as it must. */
  indexOf(start: number): number;
}

const noFile: FileItems = { fromEnd: () => undefined, indexOf: () => -1 };

/**
 * The finished messages of a conversation: first those of the session file as it was when the process began, then those
 * of the journal. Positions only, no content.
 */
export class ItemIndex {
  #file: FileItems = noFile;
  #journal: Item[] = [];

  /** Begins anew from a file's items, keeping what the journal finished at or after `since`. */
  rebase(file: FileItems | null, since: number): void {
    this.#file = file ?? noFile;
    this.#journal = this.#journal.filter((item) => item.start >= since);
  }

  append(item: Item): void {
    this.#journal.push(item);
  }

  /** How many items the journal holds, for tests and diagnostics. */
  get journalLength(): number {
    return this.#journal.length;
  }

  /** The nth item from the end, 0 being the last. */
  fromEnd(index: number): Item | undefined {
    const own = this.#journal.length;
    return index < own ? this.#journal[own - 1 - index] : this.#file.fromEnd(index - own);
  }

  /** How far from the end the item with this key is; -1 when it is not known (any more). */
  indexOf(key: string): number {
    const start = Number(key.slice(1));
    if (!Number.isSafeInteger(start)) return -1;
    if (key.startsWith("s")) {
      const index = this.#file.indexOf(start);
      return index === -1 ? -1 : index + this.#journal.length;
    }
    const place = key.startsWith("j") ? this.#search(start) : -1;
    return place === -1 ? -1 : this.#journal.length - 1 - place;
  }

  #search(start: number): number {
    let low = 0;
    let high = this.#journal.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = (this.#journal[middle] as Item).start;
      if (found === start) return middle;
      if (found < start) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** The name of an item within its epoch. */
export function itemKey(item: Item): string {
  return `${item.source === "file" ? "s" : "j"}${item.start}`;
}

/** What an item holds once read. */
export interface ItemContent {
  entry?: string;
  /** The message as JSON text. */
  text: string;
  /** Parsed only on demand: most messages pass through as text. */
  message(): AgentMessage;
}
