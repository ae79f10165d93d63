/** ms that a pointer may rest before rows may move again. */
const patience = 4_000;

/** Whether rows must stay where they are: a pointer is about to press one, or the keyboard stands in one. */
export class Stillness {
  #pointer = $state(false);
  #focus = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get isHeld(): boolean {
    return this.#pointer || this.#focus;
  }

  /** Watches a part of the page; an attachment for its element. */
  readonly watch = (element: HTMLElement): (() => void) => {
    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener("pointermove", () => this.#moved(), { signal, passive: true });
    element.addEventListener("pointerdown", () => this.#moved(), { signal, passive: true });
    element.addEventListener("pointerleave", () => this.#left(), { signal, passive: true });
    // Moving a focused element takes its focus away. Removing one says so in the middle of the page's own change.
    const look = (): void => queueMicrotask(() => (this.#focus = element.querySelector(":focus-visible") !== null));
    element.addEventListener("focusin", look, { signal });
    element.addEventListener("focusout", look, { signal });
    return () => {
      listening.abort();
      this.#left();
      this.#focus = false;
    };
  };

  #moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#pointer = false), patience);
    this.#pointer = true;
  }

  #left(): void {
    clearTimeout(this.#timer);
    this.#pointer = false;
  }
}
