/** Calls back at a steady pace while something moves, and not at all otherwise. */
export class Ticker {
  readonly #onTick: () => void;
  #period: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(onTick: () => void) {
    this.#onTick = onTick;
  }

  /** Ticks every so many ms from now on; null stops it. */
  set(period: number | null): void {
    if (period === this.#period) return;
    this.#period = period;
    clearInterval(this.#timer);
    this.#timer = period === null ? undefined : setInterval(this.#onTick, period).unref();
  }
}
