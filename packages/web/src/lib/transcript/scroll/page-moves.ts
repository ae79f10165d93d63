/**
 * Tells when it was the page that moved a view, not a person: what stands below it became lower or higher. A field whose
 * text is replaced is empty for a moment, also when it is as high as before in the end.
 */
export class PageMoves {
  #height = 0;
  /** Not zero while something is typed: in this frame or the one before, whose layout moves what stands around the field. */
  #frame = 0;

  /** Until the signal. */
  watch(signal: AbortSignal): void {
    const typed = ({ target }: Event): void => {
      if (!(target instanceof Element) || !target.closest("input, textarea, select")) return;
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => (this.#frame = requestAnimationFrame(() => (this.#frame = 0))));
    };
    for (const type of ["keydown", "input"]) addEventListener(type, typed, { signal, capture: true, passive: true });
  }

  /** The view's height is looked at, and what it moved by was put right. */
  take({ clientHeight }: HTMLElement): void {
    this.#height = clientHeight;
  }

  hasMoved({ clientHeight }: HTMLElement): boolean {
    return clientHeight !== this.#height || this.#frame !== 0;
  }
}
