import type { Terminal } from "../pi-tui/index.ts";
import { neutraliseLine } from "../text/index.ts";

/** Characters of a title. */
const most = 120;

/** The terminal's title while the client runs; the one before it comes back at the end, where the terminal keeps it. */
export class TerminalTitle {
  readonly #terminal: Terminal;
  readonly #possible: boolean;
  #shown: string | null = null;

  constructor(terminal: Terminal, env: NodeJS.ProcessEnv) {
    this.#terminal = terminal;
    // A console without a title would print it.
    this.#possible = !/^(?:dumb|linux|vt\d+)$/.test(env.TERM ?? "");
  }

  show(title: string): void {
    const text = neutraliseLine(title.slice(0, 4 * most)).slice(0, most);
    if (!this.#possible || text === this.#shown) return;
    if (this.#shown === null) this.#terminal.write("\u001b[22;0t");
    this.#shown = text;
    this.#terminal.setTitle(text);
  }

  restore(): void {
    if (this.#shown === null) return;
    this.#shown = null;
    this.#terminal.setTitle("");
    this.#terminal.write("\u001b[23;0t");
  }
}
