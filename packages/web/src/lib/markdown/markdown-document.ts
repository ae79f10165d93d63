import { type Definitions, lex } from "./bounded-lexer.ts";
import { countLines } from "./count-lines.ts";
import { markdownLimits } from "./limits.ts";
import { plainBlocks } from "./plain-blocks.ts";
import { repairTail } from "./repair-tail.ts";
import { type SplitState, splitParts, splitStart } from "./split-parts.ts";
import { toBlocks } from "./to-blocks.ts";
import { type Block, countNodes } from "./tree.ts";

/** A run of blocks that is parsed by itself. One that is finished stays the same object while the text grows. */
export interface Part {
  /** Its place among the parts. */
  key: number;
  blocks: readonly Block[];
}

/** A part with what it cost, and what had been spent before it. */
interface Parsed extends Part {
  source: string;
  /** Whether it was taken for the end of a text that goes on. */
  isOpen: boolean;
  before: Spent;
  spent: Spent;
  /** Those that it knew, and those that it has. */
  known: Definitions;
  definitions: Definitions;
}

interface Spent {
  work: number;
  nodes: number;
}

/**
 * Markdown that grows: what is finished is parsed once, and only the part that is being written is parsed again. The same
 * text gives the same parts in whatever pieces it came.
 */
export class MarkdownDocument {
  /** What is finished, as text. */
  #done = "";
  #isWhole = false;
  #split: SplitState = splitStart;
  #parts: Parsed[] = [];
  #open: Parsed[] = [];
  #definitions: Definitions = new Map();

  /** The parts of a text; `isOpen` while it is being written. */
  update(given: string, isOpen: boolean): readonly Part[] {
    const text = given.includes("\r") ? given.replaceAll(/\r\n?/g, "\n") : given;
    if (this.#isWhole ? text !== this.#done : !text.startsWith(this.#done)) this.#reset();
    if (this.#isWhole) return this.#parts;
    const { parts, state } = splitParts(text, this.#split, false);
    for (const source of parts) this.#finish(source);
    this.#split = state;
    this.#done = text.slice(0, state.start);
    const end = splitParts(text, state, true);
    const tail = [...end.parts, text.slice(end.state.start)].filter((source) => source !== "");
    if (isOpen) return [...this.#parts, ...this.#openParts(tail)];
    for (const source of tail) this.#finish(source);
    this.#done = text;
    this.#isWhole = true;
    this.#open = [];
    return this.#parts;
  }

  #finish(source: string): void {
    const last = this.#parts.at(-1);
    // Once there is too much, the rest is one text.
    if (last && last.spent.nodes >= markdownLimits.nodes) {
      const whole = last.source + source;
      this.#parts[this.#parts.length - 1] = { ...last, source: whole, blocks: [{ type: "plain", text: whole }] };
      return;
    }
    const part = this.#part(source, this.#parts.length, last?.spent ?? nothing, false);
    this.#parts.push(part);
    this.#define(part.definitions);
  }

  /** Makes definitions known, and parses the parts again that wait for them. */
  #define(definitions: Definitions): void {
    const room = markdownLimits.definitions - this.#definitions.size;
    const fresh = [...definitions].filter(([label]) => !this.#definitions.has(label)).slice(0, Math.max(0, room));
    if (fresh.length === 0) return;
    this.#definitions = new Map([...this.#definitions, ...fresh]);
    const labels = fresh.map(([label]) => label);
    this.#parts = this.#parts.map((part) =>
      mentions(part.source, labels) && part.spent.nodes < markdownLimits.nodes
        ? { ...this.#parse(part.source, part.key, part.before, false), spent: part.spent }
        : part,
    );
  }

  #openParts(sources: readonly string[]): readonly Part[] {
    let before = this.#parts.at(-1)?.spent ?? nothing;
    this.#open = sources.map((source, index) => {
      const isLast = index === sources.length - 1;
      const text = isLast ? repairTail(source) : source;
      const key = this.#parts.length + index;
      const part = this.#part(text, key, before, isLast);
      before = part.spent;
      return part;
    });
    return this.#open;
  }

  /** A part, the same as it was while nothing about it changes. */
  #part(source: string, key: number, before: Spent, isOpen: boolean): Parsed {
    const same = this.#open.find(
      (part) =>
        part.key === key &&
        part.source === source &&
        part.isOpen === isOpen &&
        part.known === this.#definitions &&
        part.before.nodes === before.nodes &&
        part.before.work === before.work,
    );
    return same ?? this.#parse(source, key, before, isOpen);
  }

  #parse(source: string, key: number, before: Spent, isOpen: boolean): Parsed {
    const known = this.#definitions;
    if (source.length > markdownLimits.block || countLines(source) > markdownLimits.blockLines) {
      return {
        key,
        source,
        isOpen,
        before,
        known,
        blocks: plainBlocks(source, isOpen),
        spent: { ...before, nodes: before.nodes + 1 },
        definitions: new Map(),
      };
    }
    const { tokens, definitions, work } = lex(source, known, markdownLimits.inlineWork - before.work);
    const blocks = toBlocks(tokens, isOpen);
    const spent = { work: before.work + work, nodes: before.nodes + countNodes(blocks) };
    if (spent.nodes < markdownLimits.nodes) return { key, source, isOpen, before, known, blocks, spent, definitions };
    return {
      key,
      source,
      isOpen,
      before,
      known,
      blocks: [{ type: "plain", text: source }],
      spent,
      definitions: new Map(),
    };
  }

  #reset(): void {
    this.#done = "";
    this.#isWhole = false;
    this.#split = splitStart;
    this.#parts = [];
    this.#open = [];
    this.#definitions = new Map();
  }
}

const nothing: Spent = { work: 0, nodes: 0 };

function mentions(source: string, labels: readonly string[]): boolean {
  if (!source.includes("[")) return false;
  const text = source.toLowerCase().replaceAll(/\s+/g, " ");
  return labels.some((label) => text.includes(`[${label}]`));
}
