import type { Screen } from "../screen/screen.ts";

/** Whether somebody looks at the terminal, as far as it tells. */
export class Focus {
  readonly #onChange: () => void;
  #away = false;
  #stop: (() => void) | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether the terminal said that it is not looked at. */
  get away(): boolean {
    return this.#away;
  }

  start(screen: Pick<Screen, "addInputListener" | "keepMode" | "endMode">): void {
    const unsubscribe = screen.addInputListener((data) => {
      const away = data === "\u001b[O" ? true : data === "\u001b[I" ? false : null;
      if (away === null) return undefined;
      this.#away = away;
      this.#onChange();
      return { consume: true };
    });
    screen.keepMode(reports);
    this.#stop = () => {
      unsubscribe();
      screen.endMode(reports);
    };
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }
}

const reports = { on: "\u001b[?1004h", off: "\u001b[?1004l" };
