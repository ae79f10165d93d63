import type { TranscriptItem } from "@pier/protocol";
import { limits } from "../limits.ts";
import { messageSize } from "./message-size.ts";

/** From where the page before an item can be asked for. */
interface PageStart {
  index: number;
  before: string | undefined;
}

/**
 * The items of a transcript, oldest first, up to `limits.items` and `limits.characters`. Only the daemon knows a `before`,
 * and only for the first item of a page it sent, so the list remembers where its pages begin: when the oldest items
 * go, it cuts at such a place if there is one, and otherwise says that `before` is lost.
 */
export class ItemList {
  readonly items: TranscriptItem[] = [];
  readonly #sizes: number[] = [];
  #characters = 0;
  #pages: PageStart[];
  #lost = false;

  constructor(items: readonly TranscriptItem[], before: string | undefined) {
    for (const item of items) this.append(item);
    this.#pages = [{ index: 0, before }];
  }

  /** Asks for the page before the first item; undefined at the beginning, and when it is lost. */
  get before(): string | undefined {
    return this.#pages[0]?.index === 0 ? this.#pages[0].before : undefined;
  }

  /** Whether older items were let go so that only a new snapshot gives a `before` again. */
  get lost(): boolean {
    return this.#lost;
  }

  get full(): boolean {
    return this.items.length >= limits.items || this.#characters >= limits.characters;
  }

  append(item: TranscriptItem): void {
    const size = messageSize(item.message);
    this.items.push(item);
    this.#sizes.push(size);
    this.#characters += size;
  }

  prepend(items: readonly TranscriptItem[], before: string | undefined): void {
    const sizes = items.map((item) => messageSize(item.message));
    this.items.unshift(...items);
    this.#sizes.unshift(...sizes);
    this.#characters += sizes.reduce((sum, size) => sum + size, 0);
    this.#pages = [{ index: 0, before }, ...this.#pages.map((page) => ({ ...page, index: page.index + items.length }))];
  }

  /** Lets the oldest items go if there are too many. Returns how many went. */
  trim(): number {
    if (this.items.length <= limits.items && this.#characters <= limits.characters) return 0;
    const least = this.#leastToDrop();
    const page = this.#pages.find((candidate) => candidate.index >= least && candidate.index < this.items.length);
    const count = page?.index ?? least;
    this.items.splice(0, count);
    for (const size of this.#sizes.splice(0, count)) this.#characters -= size;
    this.#pages = this.#pages
      .map(({ index, before }) => ({ index: index - count, before }))
      .filter(({ index }) => index >= 0);
    this.#lost = page === undefined;
    return count;
  }

  #leastToDrop(): number {
    let count = Math.max(0, this.items.length - Math.floor(limits.items * limits.trimTo));
    let characters = this.#characters;
    for (let at = 0; at < count; at++) characters -= this.#sizes[at] ?? 0;
    while (count < this.items.length - 1 && characters > limits.characters * limits.trimTo) {
      characters -= this.#sizes[count++] ?? 0;
    }
    return count;
  }
}
