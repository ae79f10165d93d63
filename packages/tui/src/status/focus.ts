import type { Terminal } from "../pi-tui/index.ts";
import type { Screen } from "../screen/screen.ts";

export interface FocusListeners {
  /** The terminal said something of its focus. */
  onChange: () => void;
  /** A person begins to look, or does no more. */
  onLook: (looking: boolean) => void;
}

/** Whether somebody looks at the terminal, as far as it tells. */
export class Focus {
  readonly #terminal: Terminal;
  readonly #listeners: FocusListeners;
  #away = false;
  /** Whether the terminal ever said anything of its focus. */
  #tells = false;
  #looking = true;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(terminal: Terminal, listeners: FocusListeners) {
    this.#terminal = terminal;
    this.#listeners = listeners;
  }

  /** Whether the terminal said that it is not looked at. */
  get away(): boolean {
    return this.#away;
  }

  /** Whether a person looks; with a terminal that tells nothing, whether there was a key within the last minute. */
  get looking(): boolean {
    return this.#looking;
  }

  /** Listens to what the terminal says; the returned function ends that. */
  listen(screen: Pick<Screen, "addInputListener">): () => void {
    return screen.addInputListener((data) => {
      const away = data === "\u001b[O" ? true : data === "\u001b[I" ? false : null;
      if (away === null) {
        if (!this.#tells) this.#touch();
        return undefined;
      }
      this.#tells = true;
      clearTimeout(this.#idle);
      this.#away = away;
      this.#look(!away);
      this.#listeners.onChange();
      return { consume: true };
    });
  }

  /** Asks the terminal to say it. Whoever starts the program, or comes back to it, looks. */
  begin(): void {
    this.#terminal.write("\u001b[?1004h");
    this.#touch();
  }

  end(): void {
    this.#away = false;
    this.#tells = false;
    clearTimeout(this.#idle);
    this.#look(false);
    this.#terminal.write("\u001b[?1004l");
  }

  #touch(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#look(false), idleAfter);
    this.#idle.unref();
    this.#look(true);
  }

  #look(looking: boolean): void {
    if (looking === this.#looking) return;
    this.#looking = looking;
    this.#listeners.onLook(looking);
  }
}

/** ms without a key after which nobody is taken to look at a terminal that does not tell its focus. */
const idleAfter = 60_000;
