/** Calls `onIdle` after a time in which nothing was asked; told when that changes. */
export class IdleExit {
  readonly #ms: number;
  readonly #onIdle: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, onIdle: () => void) {
    this.#ms = ms;
    this.#onIdle = onIdle;
    this.setBusy(false);
  }

  setBusy(busy: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = busy ? undefined : setTimeout(this.#onIdle, this.#ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
