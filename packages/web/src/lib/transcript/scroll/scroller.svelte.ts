import { flushSync } from "svelte";
import { limits } from "../limits.ts";
import type { Row } from "../rows/row.ts";
import type { RowsChange } from "../rows/transcript-rows.ts";
import { measuresOf } from "./measures-of.ts";
import { PageMoves } from "./page-moves.ts";
import { Pinned } from "./pinned.svelte.ts";
import { onPullUp } from "./pulls.ts";
import { type Place, ReadingPlace } from "./reading-place.ts";
import { RowHeights } from "./row-heights.ts";
import type { ScrollerOptions } from "./scroller-options.ts";

const { overscan, nearTop } = limits;

/**
 * Draws the rows that are seen, between two blank spaces as high as the others, and keeps in its place what is being read:
 * the row at the upper edge stays where it is, whatever is added, opened or measured above it. The browser's own anchoring
 * is off: it cannot know rows that are not drawn.
 */
export class Scroller {
  readonly pinned = new Pinned();
  /** The rows to draw. */
  shown = $state.raw<readonly Row[]>([]);
  /** px of the blank spaces. */
  above = $state(0);
  below = $state(0);
  readonly #options: ScrollerOptions;
  readonly #heights: RowHeights;
  readonly #reading: ReadingPlace;
  readonly #pageMoves = new PageMoves();
  readonly #keys = new WeakMap<Element, string>();
  #view: HTMLElement | null = null;
  #list: HTMLElement | null = null;
  #sizes: ResizeObserver | null = null;
  #first = 0;
  /** Where this put the view last: a scroll event from there is not a person's. */
  #written = -1;
  /** Where the view stood when it was looked at last. */
  #top = 0;
  /** px that everything stands too low while a person scrolls: to write the scroll position would end their movement. */
  #drift = 0;
  #isScrolling = false;
  #frame = 0;
  #afterPerson = false;

  constructor(options: ScrollerOptions) {
    this.#options = options;
    this.#heights = new RowHeights(options.rows);
    this.#reading = new ReadingPlace(options.rows);
  }

  /** Shows the rows in an element that scrolls, and in the list inside it. Returns how to stop. */
  attach(view: HTMLElement, list: HTMLElement): () => void {
    this.#view = view;
    this.#list = list;
    this.#sizes = new ResizeObserver((entries) => this.#resized(entries));
    this.#sizes.observe(view);
    this.#measure();
    const listening = new AbortController();
    const options = { signal: listening.signal, passive: true };
    view.addEventListener("scroll", () => this.#scrolled(), options);
    view.addEventListener("scrollend", () => this.#rested(), options);
    onPullUp(view, () => this.#pullUp(), listening.signal);
    this.#pageMoves.watch(listening.signal);
    // Not while the page is being made: that would be drawing within drawing.
    queueMicrotask(() => this.draw());
    return () => {
      listening.abort();
      this.#sizes?.disconnect();
      cancelAnimationFrame(this.#frame);
      this.#view = this.#list = null;
    };
  }

  /** Measures a row for as long as it is drawn: for `{@attach}`. */
  row(key: string): (element: HTMLElement) => () => void {
    return (element) => {
      this.#keys.set(element, key);
      this.#sizes?.observe(element);
      return () => this.#sizes?.unobserve(element);
    };
  }

  /** The rows are others now. */
  change(change: RowsChange): void {
    if (change.kind === "front") this.#reading.shift(change.count);
    this.#heights.refill(change.kind === "end" ? change.from : 0);
    this.#later();
  }

  /** A person opens or closes something: what they pressed stays in its place, also when it was the end that was followed. */
  hold(): void {
    this.#capture();
    this.pinned.unpin();
    this.#afterPerson = true;
  }

  /** Goes to the end and stays there. */
  toEnd(): void {
    this.pinned.pin();
    this.draw();
  }

  /** Shows a row, or what is so many px inside it, in the upper part of the view. Returns whether there is such a row. */
  toRow(key: string, inside = 0): boolean {
    return this.restore({ key, into: inside - (this.#view?.clientHeight ?? 0) / 4 });
  }

  /** Where the rows are drawn; null while they are not. */
  get list(): HTMLElement | null {
    return this.#list;
  }

  /** The element of a row, if it is drawn. */
  elementOf(key: string): Element | null {
    const at = this.shown.findIndex((row) => row.key === key);
    return (at >= 0 && this.#list?.querySelectorAll(".entry")[at]) || null;
  }

  /** The row that an element shows; without one, the row at the upper edge. */
  keyOf(element: Element | null): string | null {
    return (element ? this.#keys.get(element) : this.#reading.place?.key) ?? null;
  }

  /** Where a person is, to come back to it; null at the end. */
  get place(): Place | null {
    return this.pinned.isPinned ? null : this.#reading.place;
  }

  /** Goes back to a place. Returns whether it is there. */
  restore({ key, into }: Place): boolean {
    if (!this.#reading.takeRow(key, into)) return false;
    this.pinned.unpin();
    this.#drift = 0;
    this.draw();
    return true;
  }

  /** Draws what is to be seen now. */
  draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const view = this.#view;
    if (!view) return;
    const start = this.#target();
    this.#first = this.#heights.indexAt(start - overscan);
    const last = this.#heights.indexAt(start + view.clientHeight + overscan);
    flushSync(() => {
      this.shown = this.#options.rows.slice(this.#first, last + 1);
      this.above = Math.max(0, this.#drift + this.#heights.offsetOf(this.#first));
      this.below = Math.max(0, this.#heights.total - this.#heights.offsetOf(last + 1));
    });
    this.#settle();
    if (this.#heights.total < view.clientHeight) this.#options.onRoom();
  }

  /** The place among the rows that the view's upper edge shall have. */
  #target(): number {
    const view = this.#view;
    if (!view) return 0;
    if (this.pinned.isPinned) return this.#heights.total - view.clientHeight;
    return this.#reading.find(this.#heights) ?? view.scrollTop - this.#listTop() - this.#drift;
  }

  /** Brings the view to where it shall be, before anything is painted. */
  #settle(): void {
    const view = this.#view;
    if (!view) return;
    if (this.pinned.isPinned) {
      this.#drift = 0;
      this.#write(view.scrollHeight - view.clientHeight);
      // Rows that became lower moved it as well.
      this.#written = this.#top = view.scrollTop;
      this.#capture();
      return;
    }
    const missing = this.#listTop() + this.#drift + this.#target() - view.scrollTop;
    if (Math.abs(missing) >= 0.5) this.#shift(missing);
    if (this.#afterPerson && this.#fromEnd() <= 1) this.pinned.pin();
    this.#afterPerson = false;
  }

  #shift(missing: number): void {
    const view = this.#view;
    if (!view) return;
    const above = this.#drift - missing + this.#heights.offsetOf(this.#first);
    if (this.#isScrolling && above >= 0) {
      this.#drift -= missing;
      flushSync(() => (this.above = above));
    } else {
      this.#write(view.scrollTop + missing);
    }
  }

  #write(top: number): void {
    const view = this.#view;
    if (!view || Math.abs(view.scrollTop - top) < 0.5) return;
    view.scrollTop = top;
    this.#written = this.#top = view.scrollTop;
  }

  #scrolled(): void {
    const view = this.#view;
    if (!view) return;
    if (Math.abs(view.scrollTop - this.#written) < 1) {
      this.#written = -1;
      return;
    }
    this.#written = -1;
    // The page moves it by what stands around it; who goes further is a person.
    const isNear = Math.abs(view.scrollTop - this.#top) <= view.clientHeight;
    if (!this.#isScrolling && isNear && this.#pageMoves.hasMoved(view)) return this.#settle();
    this.#isScrolling = true;
    this.pinned.scrolled(view.scrollTop - this.#top, this.#fromEnd());
    this.#top = view.scrollTop;
    this.#capture();
    const [top, bottom] = [this.#target(), this.#target() + view.clientHeight];
    const drawnTo = this.#heights.offsetOf(this.#first + this.shown.length);
    const drawnFrom = this.#heights.offsetOf(this.#first);
    const isDrawn =
      drawnFrom <= Math.max(0, top - overscan / 2) && drawnTo >= Math.min(this.#heights.total, bottom + overscan / 2);
    if (!isDrawn || (this.#drift !== 0 && top < view.clientHeight)) this.draw();
    this.#lookUp();
  }

  /** The person's movement is over: what was put off can be put right. */
  #rested(): void {
    this.#isScrolling = false;
    if (this.#drift === 0) return;
    this.#drift = 0;
    this.draw();
  }

  #pullUp(): void {
    if (!this.#view) return;
    const wasPinned = this.pinned.isPinned;
    this.pinned.pullUp(this.#view.scrollTop);
    if (wasPinned) this.#capture();
    this.#lookUp();
  }

  #lookUp(): void {
    const isUp = !this.pinned.isPinned || this.#view?.scrollTop === 0;
    if (isUp && this.#target() < nearTop) this.#options.onNearTop();
  }

  #resized(entries: readonly ResizeObserverEntry[]): void {
    // Nothing of what is hidden has a size.
    if (!this.#view || this.#view.clientHeight === 0) return;
    let [isOther, isViewOther] = [false, false];
    for (const { target, borderBoxSize } of entries) {
      if (target === this.#view) {
        this.#measure();
        isOther = isViewOther = true;
        continue;
      }
      const key = this.#keys.get(target);
      // A row that goes is said to have no height.
      if (key === undefined || !target.isConnected) continue;
      const at = this.shown.findIndex((row) => row.key === key);
      if (this.#heights.learn(key, at < 0 ? -1 : this.#first + at, borderBoxSize[0]?.blockSize ?? 0)) isOther = true;
    }
    if (!isOther) return;
    this.#settle();
    // With more room the end may be seen, and there is nothing later to go to.
    if (isViewOther && this.#fromEnd() <= 1) this.pinned.pin();
    // Rows may be lower than it was thought, so that more of them are seen.
    this.#later();
  }

  /** Takes the sizes of the view. */
  #measure(): void {
    if (!this.#list || !this.#view) return;
    this.#pageMoves.take(this.#view);
    this.#heights.resize(measuresOf(this.#list), { from: this.#first, count: this.shown.length });
  }

  /** Takes what is at the view's upper edge as what is read. */
  #capture(): void {
    const view = this.#view;
    if (view) this.#reading.take(view.scrollTop - this.#listTop() - this.#drift, this.#heights);
  }

  #listTop(): number {
    return this.#list?.offsetTop ?? 0;
  }

  #fromEnd(): number {
    const { scrollHeight, clientHeight, scrollTop } = this.#view ?? { scrollHeight: 0, clientHeight: 0, scrollTop: 0 };
    return scrollHeight - clientHeight - scrollTop;
  }

  #later(): void {
    if (this.#view) this.#frame ||= requestAnimationFrame(() => this.draw());
  }
}
