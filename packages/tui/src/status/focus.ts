import type { Terminal } from "../pi-tui/index.ts";
import type { Screen } from "../screen/screen.ts";

/** Whether somebody looks at the terminal, as far as it tells. */
export class Focus {
  readonly #terminal: Terminal;
  readonly #onChange: () => void;
  #away = false;

  constructor(terminal: Terminal, onChange: () => void) {
    this.#terminal = terminal;
    this.#onChange = onChange;
  }

  /** Whether the terminal said that it is not looked at. */
  get away(): boolean {
    return this.#away;
  }

  /** Listens to what the terminal says; the returned function ends that. */
  listen(screen: Pick<Screen, "addInputListener">): () => void {
    return screen.addInputListener((data) => {
      const away = data === "\u001b[O" ? true : data === "\u001b[I" ? false : null;
      if (away === null) return undefined;
      this.#away = away;
      this.#onChange();
      return { consume: true };
    });
  }

  /** Asks the terminal to say it. */
  begin(): void {
    this.#terminal.write("\u001b[?1004h");
  }

  end(): void {
    this.#away = false;
    this.#terminal.write("\u001b[?1004l");
  }
}
