import type { Block } from "../../screen/block.ts";
import { Stack } from "../../screen/stack.ts";
import { Drawn } from "../base/drawn.ts";
import { Spaced } from "../base/spaced.ts";
import { MarkdownSplitter } from "./markdown-splitter.ts";
import { type MarkdownLook, pieceRows } from "./piece-rows.ts";
import type { Piece } from "./piece.ts";

/**
 * Markdown that grows. Only its last piece is parsed again when it does; the pieces before it keep their rows and may go
 * once they left the screen. A text gives the same rows whether it came bit by bit or at once.
 */
export class StreamingMarkdown implements Block {
  readonly #look: MarkdownLook;
  #splitter = new MarkdownSplitter();
  readonly #pieces = new Stack();
  #open: Block | null = null;
  #text = "";
  /** What of the text is in the pieces. */
  #shown = "";
  #finished = false;

  constructor(look: MarkdownLook, text = "") {
    this.#look = look;
    this.#text = text;
  }

  get settled(): boolean {
    return this.#finished;
  }

  /** Takes the whole text there is. Nothing is read of it before it is to be seen. */
  update(text: string): void {
    this.#text = text;
  }

  /** No more text will come. */
  finish(): this {
    this.#finished = true;
    return this;
  }

  render(width: number): readonly string[] {
    this.#read();
    return this.#pieces.render(width);
  }

  invalidate(): void {
    this.#pieces.invalidate();
  }

  dropAbove(rows: number, width: number): number {
    this.#read();
    return this.#pieces.dropAbove(rows, width);
  }

  #read(): void {
    if (this.#shown === this.#text) return;
    if (!this.#goesOn()) this.#reset();
    this.#shown = this.#text;
    const { finished, open } = this.#splitter.read(this.#text);
    if (this.#open) this.#pieces.remove(this.#open);
    for (const piece of finished) this.#pieces.add(this.#block(piece, true));
    this.#open = this.#block(open, false);
    this.#pieces.add(this.#open);
  }

  /** Whether the text begins with what was shown. While it grows the end of that is looked at, which costs the same for any length. */
  #goesOn(): boolean {
    const { length } = this.#shown;
    const from = this.#finished ? 0 : Math.max(0, length - 100);
    return this.#text.slice(from, length) === this.#shown.slice(from);
  }

  /** The text is another one: nothing of what was shown holds. */
  #reset(): void {
    this.#splitter = new MarkdownSplitter();
    this.#pieces.clear();
    this.#open = null;
  }

  #block(piece: Piece, settled: boolean): Block {
    const drawn = new Drawn((width) => pieceRows(piece, width, this.#look), settled);
    return new Spaced(drawn, piece.apart);
  }
}
