import type { Block } from "../../screen/block.ts";

/** A block with an empty row above it where it should stand apart, as long as it has rows at all. */
export class Spaced implements Block {
  readonly inner: Block;
  #apart: boolean;
  /** The empty row was let go of. */
  #dropped = false;
  #last: { inner: readonly string[]; rows: readonly string[] } | null = null;

  constructor(inner: Block, apart: boolean) {
    this.inner = inner;
    this.#apart = apart;
  }

  get settled(): boolean {
    return this.inner.settled;
  }

  set apart(apart: boolean) {
    this.#apart = apart && !this.#dropped;
  }

  render(width: number): readonly string[] {
    const inner = this.inner.render(width);
    if (!this.#apart || inner.length === 0) return inner;
    if (this.#last?.inner !== inner) this.#last = { inner, rows: ["", ...inner] };
    return this.#last.rows;
  }

  invalidate(): void {
    this.#last = null;
    this.inner.invalidate?.();
  }

  dropAbove(rows: number, width: number): number {
    if (!this.inner.dropAbove || rows < 1) return 0;
    if (!this.#apart || this.inner.render(width).length === 0) return this.inner.dropAbove(rows, width);
    const dropped = this.inner.dropAbove(rows - 1, width);
    if (dropped === 0) return 0;
    this.#dropped = true;
    this.#apart = false;
    return dropped + 1;
  }
}
