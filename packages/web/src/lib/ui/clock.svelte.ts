import { createSubscriber } from "svelte/reactivity";

/** The time, as components see it: whoever reads it is told every `interval` ms while somebody does. */
class Clock {
  readonly #subscribe: () => void;

  constructor(interval: number) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, interval);
      return () => clearInterval(timer);
    });
  }

  /** ms since 1970. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

/** For what runs now. */
export const seconds = new Clock(1_000);
/** For ages. */
export const minutes = new Clock(20_000);
