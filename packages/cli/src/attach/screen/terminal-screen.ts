import type { Output } from "../../io.ts";
import type { Paint } from "../../text/style.ts";
import { textWidth, truncate } from "../../text/width.ts";
import type { Chunk } from "../render/chunk.ts";
import { inputRows } from "./input-rows.ts";
import { RowBuffer } from "./row-buffer.ts";
import type { Screen } from "./screen.ts";

/** The most rows that the input takes. */
const mostInput = 6;

/**
 * A terminal whose scrollback holds what was said. Below it stand a few rows that are drawn anew with every change: the
 * row that still grows, what goes on, and what the person types.
 */
export class TerminalScreen implements Screen {
  readonly #output: Output;
  readonly #paint: Paint;
  readonly #rows: RowBuffer;
  readonly #onResize = (): void => this.#resize();
  #status = "";
  #input = { prompt: "", line: "", cursor: 0 };
  /** Widths of the rows below, as they were drawn, and the one that holds the cursor. */
  #drawn: { widths: number[]; cursorRow: number } = { widths: [], cursorRow: 0 };

  constructor(output: Output, paint: Paint) {
    this.#output = output;
    this.#paint = paint;
    this.#rows = new RowBuffer(this.#columns);
    output.on("resize", this.#onResize);
    // Pasted text comes marked, so that its line breaks do not send it.
    output.write("\u001b[?2004h");
  }

  write(chunks: readonly Chunk[]): void {
    this.#draw(this.#rows.push(chunks, this.#paint));
  }

  setStatus(text: string): void {
    if (text === this.#status) return;
    this.#status = text;
    this.#draw([]);
  }

  setInput(input: { prompt: string; line: string; cursor: number }): void {
    this.#input = input;
    this.#draw([]);
  }

  close(): void {
    this.#output.off("resize", this.#onResize);
    const partial = this.#rows.partial(this.#paint);
    this.#output.write(`${this.#erase()}${partial === "" ? "" : `${partial}\r\n`}\u001b[?2004l`);
  }

  get #columns(): number {
    return this.#output.columns ?? 80;
  }

  #draw(done: readonly string[]): void {
    const columns = this.#columns;
    const rows: { text: string; width: number }[] = [];
    if (this.#rows.partialWidth > 0)
      rows.push({ text: this.#rows.partial(this.#paint), width: this.#rows.partialWidth });
    if (this.#status !== "") {
      const status = truncate(`· ${this.#status}`, columns - 1);
      rows.push({ text: this.#paint(status, "dim"), width: textWidth(status) });
    }
    const { prompt, line, cursor } = this.#input;
    const room = Math.max(1, Math.min(mostInput, (this.#output.rows ?? 24) - 4));
    const input = inputRows(prompt, line, cursor, { columns: columns - 1, most: room });
    const cursorRow = rows.length + input.row;
    rows.push(...input.rows.map((text) => ({ text, width: textWidth(text) })));
    const up = rows.length - 1 - cursorRow;
    this.#output.write(
      this.#erase() +
        done.map((row) => `${row}\r\n`).join("") +
        rows.map(({ text }) => text).join("\r\n") +
        (up > 0 ? `\u001b[${up}A` : "") +
        `\r${input.column > 0 ? `\u001b[${input.column}C` : ""}`,
    );
    this.#drawn = { widths: rows.map(({ width }) => width), cursorRow };
  }

  /** Goes to the first of the rows below and clears from there. After a resize they may have been broken anew. */
  #erase(): string {
    const { widths, cursorRow } = this.#drawn;
    const columns = this.#columns;
    const up = widths.slice(0, cursorRow).reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    return `${up > 0 ? `\u001b[${up}A` : ""}\r\u001b[J`;
  }

  #resize(): void {
    this.#rows.resize(this.#columns);
    this.#draw([]);
  }
}
