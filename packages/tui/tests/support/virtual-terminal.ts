import xterm from "@xterm/headless";
import type { Terminal } from "../../src/pi-tui/index.ts";

/** A terminal in memory that understands what is written to it. */
export class VirtualTerminal implements Terminal {
  readonly kittyProtocolActive = false;
  readonly #xterm: xterm.Terminal;
  #onInput: (data: string) => void = () => {};
  #onResize: () => void = () => {};
  /** All that was written. */
  written = "";

  constructor(columns: number, rows: number) {
    this.#xterm = new xterm.Terminal({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
  }

  get columns(): number {
    return this.#xterm.cols;
  }

  get rows(): number {
    return this.#xterm.rows;
  }

  start(onInput: (data: string) => void, onResize: () => void): void {
    this.#onInput = onInput;
    this.#onResize = onResize;
  }

  write(data: string): void {
    this.written += data;
    this.#xterm.write(data);
  }

  setTitle(title: string): void {
    this.write(`\u001b]0;${title}\u0007`);
  }

  /** Types. */
  input(data: string): void {
    this.#onInput(data);
  }

  resize(columns: number, rows: number): void {
    this.#xterm.resize(columns, rows);
    this.#onResize();
  }

  /** What is to be seen and what was scrolled away, without styles. */
  async text(): Promise<{ scrollback: string[]; screen: string[] }> {
    await new Promise<void>((resolve) => this.#xterm.write("", resolve));
    const { active } = this.#xterm.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, at) => active.getLine(at)?.translateToString(true).trimEnd() ?? "",
    );
    return { scrollback: lines.slice(0, active.baseY), screen: lines.slice(active.baseY) };
  }

  stop(): void {}
  async drainInput(): Promise<void> {}
  moveBy(): void {}
  hideCursor(): void {}
  showCursor(): void {}
  clearLine(): void {}
  clearFromCursor(): void {}
  clearScreen(): void {}
  setProgress(): void {}
}
