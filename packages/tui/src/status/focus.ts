import type { Terminal } from "../pi-tui/index.ts";
import type { Screen } from "../screen/screen.ts";

/** Whether somebody looks at the terminal, as far as it tells. */
export class Focus {
  readonly #terminal: Terminal;
  readonly #onChange: () => void;
  #away = false;
  #stop: (() => void) | null = null;

  constructor(terminal: Terminal, onChange: () => void) {
    this.#terminal = terminal;
    this.#onChange = onChange;
  }

  /** Whether the terminal said that it is not looked at. */
  get away(): boolean {
    return this.#away;
  }

  start(screen: Pick<Screen, "addInputListener">): void {
    this.#stop = screen.addInputListener((data) => {
      const away = data === "\u001b[O" ? true : data === "\u001b[I" ? false : null;
      if (away === null) return undefined;
      this.#away = away;
      this.#onChange();
      return { consume: true };
    });
    this.#terminal.write("\u001b[?1004h");
  }

  stop(): void {
    if (!this.#stop) return;
    this.#stop();
    this.#stop = null;
    this.#terminal.write("\u001b[?1004l");
  }
}
