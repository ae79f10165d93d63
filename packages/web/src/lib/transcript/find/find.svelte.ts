import type { FoundMessage, TranscriptItem } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import { searchPattern } from "#lib/ui/marked.ts";
import type { Conversation } from "../conversation.svelte.ts";
import { bodySize, bodyWords } from "../rows/body-words.ts";
import type { PartRow } from "../rows/row.ts";
import type { Place } from "../scroll/reading-place.ts";
import { findItem } from "./find-item.ts";
import { findLimits as limits } from "./limits.ts";
import { Marks } from "./marks.ts";
import { rowBodies, rowText } from "./row-text.ts";
import { scrollInside } from "./scroll-inside.ts";

/** What is looked for in one conversation: in all of it, the daemon says where, and the message is brought here. */
export class Find {
  readonly #conversation: Conversation;
  readonly #marks: Marks;
  query = $state("");
  matches = $state.raw<readonly FoundMessage[]>([]);
  /** Whether there are more than those. */
  hasMore = $state(false);
  /** Which of them is shown; -1 for none. */
  at = $state(-1);
  /** What is being done, once it takes long. */
  words = $state("");
  problem = $state("");
  /** Whether the daemon answered for the query that stands there. */
  isAnswered = $state(false);
  #before: string | undefined;
  #row: string | null = null;
  /** Where the view was put for words that are not drawn yet. */
  #unseen: Place | null = null;
  #asked = new AbortController();

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
    this.#marks = new Marks(conversation.scroller);
    this.#marks.onchange = () => this.#seeLater();
  }

  /** Looks for something once whoever types it pauses, and shows the newest message with it, or the one with a key. */
  want(query: string, key?: string): void {
    this.#asked.abort();
    this.query = query;
    this.matches = [];
    this.at = -1;
    this.#row = null;
    this.#before = undefined;
    [this.words, this.problem] = ["", ""];
    [this.hasMore, this.isAnswered] = [false, false];
    this.#marks.show(query, () => this.#currentElement());
    if (query.trim() === "") return;
    const { signal } = (this.#asked = new AbortController());
    const timer = setTimeout(() => void this.#begin(signal, key), key === undefined ? limits.typingPause : 0);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  /** Goes to the next older (1) or newer (-1) message; from the last to the first. */
  async step(by: 1 | -1): Promise<void> {
    if (this.matches.length === 0) return;
    this.#asked.abort();
    const { signal } = (this.#asked = new AbortController());
    await this.#busy(signal, "Looking for older ones", async () => {
      if (by === 1 && this.at === this.matches.length - 1 && this.hasMore) await this.#search(signal);
      const count = this.matches.length;
      await this.#show((this.at + by + count) % count, by, signal);
    });
  }

  stop(): void {
    this.#asked.abort();
    this.#marks.stop();
  }

  async #begin(signal: AbortSignal, key: string | undefined): Promise<void> {
    await this.#busy(signal, "Searching", async () => {
      await this.#search(signal);
      this.isAnswered = true;
      const wanted = this.matches.findIndex((match) => match.key === key);
      if (this.matches.length > 0) await this.#show(Math.max(0, wanted), 1, signal);
    });
  }

  async #search(signal: AbortSignal): Promise<void> {
    const { id } = this.#conversation.view;
    const before = this.#before;
    const {
      matches,
      truncated,
      before: next,
    } = await pier.rest.search(id, this.query.trim(), {
      limit: limits.matches,
      signal,
      ...(before !== undefined && { before }),
    });
    this.matches = [...this.matches, ...matches];
    this.#before = next;
    this.hasMore = truncated && next !== undefined;
  }

  /** Shows a match, or the next one in a direction where that one shows nowhere. */
  async #show(at: number, by: 1 | -1, signal: AbortSignal): Promise<void> {
    for (let tried = 0; tried < this.matches.length; tried++) {
      this.at = (at + by * tried + this.matches.length) % this.matches.length;
      const match = this.matches[this.at] as FoundMessage;
      this.words = "";
      const item = await findItem(this.#conversation, { ...match, before: match.before, query: this.query }, signal);
      if (item) await this.#loadBodies(item);
      if (signal.aborted) return;
      const key = item && this.#conversation.uncover(item, (part) => this.#holds(part));
      if (!key) continue;
      this.#row = key;
      this.#conversation.scroller.toRow(key);
      this.#toWords(key);
      return;
    }
    this.problem = "Found in what is not shown";
  }

  /** The words may stand in what was left off as too long: it is had of the parts that are known to hold them, or else of all. */
  async #loadBodies(item: TranscriptItem): Promise<void> {
    const parts = this.#conversation.rows.partsOf(item);
    const holding = parts.filter((part) => this.#holds(part));
    const wanted = (holding.length > 0 ? holding : parts).flatMap((part) => rowBodies(part));
    const { bodies } = this.#conversation;
    await Promise.all(wanted.filter((body) => bodySize(body) <= limits.body).map((body) => bodies.fetch(body)));
  }

  #holds(part: PartRow): boolean {
    const { bodies } = this.#conversation;
    const text = rowText(part, (body) => bodies.whole(body) ?? bodyWords(body));
    return searchPattern(this.query)?.test(text) ?? false;
  }

  /** A row may be much higher than the screen: its first mark is what has to be seen. */
  #toWords(key: string): void {
    const element = this.#currentElement();
    const [first] = element ? this.#marks.places(element) : [];
    if (element && first) {
      scrollInside(first, element);
      const into = first.getBoundingClientRect().top - element.getBoundingClientRect().top;
      this.#conversation.scroller.toRow(key, into);
    }
    this.#unseen = first ? null : this.#conversation.scroller.place;
    this.#marks.draw();
  }

  /** What shows a row may come after it; then its words are seen, unless somebody went elsewhere. */
  #seeLater(): void {
    const { place } = this.#conversation.scroller;
    if (this.#row === null || !this.#unseen) return;
    if (place?.key === this.#unseen.key && place.into === this.#unseen.into) this.#toWords(this.#row);
    else this.#unseen = null;
  }

  #currentElement(): Element | null {
    return this.#row === null ? null : this.#conversation.scroller.elementOf(this.#row);
  }

  async #busy(signal: AbortSignal, words: string, step: () => Promise<void>): Promise<void> {
    const slow = setTimeout(() => !signal.aborted && (this.words = words), limits.quiet);
    this.problem = "";
    try {
      await step();
    } catch (error) {
      if (!signal.aborted) this.problem = error instanceof Error ? error.message : String(error);
    }
    clearTimeout(slow);
    if (!signal.aborted) this.words = "";
  }
}
