/** Knows whether a person is in the middle of typing: a question that comes up then must not get what was meant for the editor. */
export class Typing {
  readonly #hasDraft: () => boolean;
  #last = 0;

  constructor(hasDraft: () => boolean) {
    this.#hasDraft = hasDraft;
  }

  /** A key was pressed. */
  touch(): void {
    this.#last = Date.now();
  }

  /** ms until the person will have paused; 0 when they do not type. */
  quietIn(): number {
    return this.#hasDraft() ? Math.max(0, this.#last + pause - Date.now()) : 0;
  }
}

/** ms */
const pause = 600;
