/** ms without a key after which somebody does not type any more. */
const pause = 600;

/** Knows whether a person is in the middle of typing: a key that was meant for a text must not answer a question that came up. */
export class Typing {
  #last = Number.NEGATIVE_INFINITY;

  /** A key was pressed in a field. */
  touch(): void {
    this.#last = performance.now();
  }

  /** ms until the person will have paused; 0 when they do not type. */
  quietIn(): number {
    return Math.max(0, this.#last + pause - performance.now());
  }
}

/** Whether keys that are pressed there write something. */
export function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !["button", "checkbox", "radio", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}
