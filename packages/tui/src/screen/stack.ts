import type { Block } from "./block.ts";

/** Blocks below each other, of which the upper ones go when they are settled and out of reach. */
export class Stack implements Block {
  #blocks: Block[] = [];
  #rows: { width: number; parts: (readonly string[])[]; all: string[] } | null = null;
  /** Whether more blocks will come or blocks be taken away. */
  open = true;
  #dropped = false;

  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  /** Whether any rows were let go of. */
  get dropped(): boolean {
    return this.#dropped;
  }

  get settled(): boolean {
    return !this.open && this.#blocks.every((block) => block.settled);
  }

  add(...blocks: Block[]): void {
    this.#blocks.push(...blocks);
  }

  remove(block: Block): void {
    this.#blocks = this.#blocks.filter((other) => other !== block);
  }

  clear(): void {
    this.#blocks = [];
    this.#dropped = false;
  }

  /** Puts blocks in the place of all. */
  replace(blocks: Block[]): void {
    this.#blocks = blocks;
  }

  render(width: number): readonly string[] {
    const parts = this.#blocks.map((block) => block.render(width));
    const last = this.#rows;
    if (
      last?.width === width &&
      last.parts.length === parts.length &&
      parts.every((part, at) => part === last.parts[at])
    )
      return last.all;
    const all = parts.flat();
    this.#rows = { width, parts, all };
    return all;
  }

  invalidate(): void {
    this.#rows = null;
    for (const block of this.#blocks) block.invalidate?.();
  }

  dropAbove(rows: number, width: number): number {
    let dropped = 0;
    let whole = 0;
    for (const block of this.#blocks) {
      const height = block.render(width).length;
      if (!block.settled || dropped + height > rows) {
        dropped += block.dropAbove?.(rows - dropped, width) ?? 0;
        break;
      }
      dropped += height;
      whole++;
    }
    this.#blocks.splice(0, whole);
    if (dropped > 0) this.#dropped = true;
    return dropped;
  }
}
