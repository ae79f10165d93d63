/** Knows whether a person is in the middle of typing: what comes up or goes away then must not get keys that were meant for something else. */
export class Typing {
  readonly #isWriting: () => boolean;
  #last = 0;

  constructor(isWriting: () => boolean) {
    this.#isWriting = isWriting;
  }

  /** A key was pressed. */
  touch(): void {
    this.#last = Date.now();
  }

  /** ms until the person will have paused; 0 when they do not type. */
  quietIn(): number {
    return this.#isWriting() ? Math.max(0, this.#last + pause - Date.now()) : 0;
  }
}

/** ms */
const pause = 600;
