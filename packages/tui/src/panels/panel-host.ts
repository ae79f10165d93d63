import type { Panel } from "./panel.ts";

/** Shows panels one after the other; the first one that does not yield has the keyboard. */
export class PanelHost {
  readonly #queue: Panel[] = [];
  readonly #onChange: (current: Panel | null) => void;

  /** @param onChange is told which panel is to have the keyboard now; without one it is the editor's */
  constructor(onChange: (current: Panel | null) => void) {
    this.#onChange = onChange;
  }

  get current(): Panel | null {
    return this.#queue.find((panel) => panel.yields !== true) ?? this.#queue[0] ?? null;
  }

  /** Shows a panel when those before it are closed; `first` puts it in front of them. The returned function closes it. */
  show(panel: Panel, { first = false } = {}): () => void {
    if (first) this.#queue.unshift(panel);
    else this.#queue.push(panel);
    this.#onChange(this.current);
    return () => {
      const at = this.#queue.indexOf(panel);
      if (at === -1) return;
      this.#queue.splice(at, 1);
      this.#onChange(this.current);
    };
  }
}
