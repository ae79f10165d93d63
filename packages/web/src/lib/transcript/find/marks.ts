import { searchPattern } from "#lib/ui/marked.ts";
import type { Scroller } from "../scroll/scroller.svelte.ts";
import { findLimits } from "./limits.ts";

/** Names of the browser's highlights, as transcript.css knows them. */
const [all, current] = ["pier-found", "pier-found-current"];

/** Whether this browser can mark words without changing the page. */
const isSupported = typeof CSS !== "undefined" && "highlights" in CSS;

/**
 * Marks the words that were looked for in the rows that are drawn, and again whenever others are. The browser paints the
 * marks over the text: no element is added to what the rows made.
 */
export class Marks {
  readonly #scroller: Pick<Scroller, "list">;
  readonly #watch: MutationObserver | null;
  #pattern: RegExp | null = null;
  #current: () => Element | null = () => null;
  #frame = 0;
  /** Called when other rows were marked than before, or other words in them. */
  onchange = (): void => {};

  constructor(scroller: Pick<Scroller, "list">) {
    this.#scroller = scroller;
    this.#watch = isSupported ? new MutationObserver(() => this.#later()) : null;
    if (scroller.list) this.#watch?.observe(scroller.list, { childList: true, subtree: true, characterData: true });
  }

  /** Marks other words; those within what `currentRow` gives stand out. */
  show(query: string, currentRow: () => Element | null): void {
    this.#pattern = searchPattern(query);
    this.#current = currentRow;
    this.draw();
  }

  /** Where the words stand in an element, the first place first. */
  places(element: Element): Range[] {
    return this.#pattern ? rangesIn(element, this.#pattern, findLimits.marks) : [];
  }

  draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!isSupported) return;
    const here = this.#current();
    const [found, standing] = [new Highlight(), new Highlight()];
    standing.priority = 1;
    for (const entry of this.#scroller.list?.querySelectorAll(".entry") ?? []) {
      const left = findLimits.marks - found.size;
      if (left <= 0 || !this.#pattern) break;
      for (const range of rangesIn(entry, this.#pattern, left)) (entry === here ? standing : found).add(range);
    }
    CSS.highlights.set(all, found);
    CSS.highlights.set(current, standing);
  }

  stop(): void {
    this.#watch?.disconnect();
    cancelAnimationFrame(this.#frame);
    if (!isSupported) return;
    CSS.highlights.delete(all);
    CSS.highlights.delete(current);
  }

  #later(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.draw();
      this.onchange();
    });
  }
}

function rangesIn(element: Element, pattern: RegExp, most: number): Range[] {
  const nodes: { node: Text; start: number }[] = [];
  let text = "";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  const ranges: Range[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (ranges.length >= most) break;
    while ((nodes[at + 1]?.start ?? Infinity) <= index) at++;
    let end = at;
    while ((nodes[end + 1]?.start ?? Infinity) < index + found.length) end++;
    const [first, last] = [nodes[at], nodes[end]];
    if (!first || !last) break;
    const range = new Range();
    range.setStart(first.node, index - first.start);
    range.setEnd(last.node, index + found.length - last.start);
    ranges.push(range);
  }
  return ranges;
}
