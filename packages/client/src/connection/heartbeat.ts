import { limits } from "../limits.ts";
import type { Timers } from "../timers.ts";

export interface HeartbeatOptions {
  timers: Timers;
  ping(): void;
  /** A ping had no answer in time; called once. */
  onSilent(): void;
}

/** Notices that the other side is gone though the socket says nothing: asks after a silence, and waits so long for a word. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: unknown;
  #heardAt: number;
  /** By when a word must come; undefined while nothing was asked. */
  #deadline: number | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#heardAt = options.timers.now();
    this.#schedule(limits.silence);
  }

  /** A frame came; its type does not matter. */
  heard(): void {
    this.#heardAt = this.#options.timers.now();
    this.#deadline = undefined;
  }

  /** Asks now, with a short deadline. */
  probe(wait: number = limits.probe): void {
    this.#ask(wait);
  }

  stop(): void {
    this.#options.timers.clearTimeout(this.#timer);
  }

  #check(): void {
    const now = this.#options.timers.now();
    const quiet = now - this.#heardAt;
    if (this.#deadline !== undefined) {
      if (now >= this.#deadline) this.#options.onSilent();
      else this.#schedule(this.#deadline - now);
    } else if (quiet >= limits.silence) {
      this.#ask(limits.pong);
    } else {
      this.#schedule(limits.silence - quiet);
    }
  }

  #ask(wait: number): void {
    const deadline = this.#options.timers.now() + wait;
    this.#deadline = Math.min(deadline, this.#deadline ?? deadline);
    this.#schedule(this.#deadline - this.#options.timers.now());
    this.#options.ping();
  }

  #schedule(ms: number): void {
    this.#options.timers.clearTimeout(this.#timer);
    this.#timer = this.#options.timers.setTimeout(() => this.#check(), Math.max(0, ms));
  }
}
