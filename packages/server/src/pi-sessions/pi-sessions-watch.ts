import { limits } from "../limits.ts";
import type { Clock } from "../session/clock.ts";

export interface PiSessionsWatchOptions {
  clock: Clock;
  /** Whether somebody looks at the list of sessions. */
  watched: () => boolean;
  /** Looks at the sessions of plain pi again, and says whether anything is different. */
  look: () => Promise<boolean>;
  onChange: () => void;
}

/** Looks for what plain pi does on this machine while somebody looks at the list, and rests longer where looking takes long. */
export class PiSessionsWatch {
  readonly #options: PiSessionsWatchOptions;
  #cancel: (() => void) | undefined;
  #isLooking = false;

  constructor(options: PiSessionsWatchOptions) {
    this.#options = options;
  }

  /** Somebody began or stopped to look at the list. */
  viewersChanged(): void {
    if (!this.#cancel && !this.#isLooking) void this.#look();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #look(): Promise<void> {
    const { clock, watched, look, onChange } = this.#options;
    this.#cancel = undefined;
    if (!watched()) return;
    this.#isLooking = true;
    const began = clock.now();
    const isDifferent = await look().catch(() => false);
    this.#isLooking = false;
    if (!watched()) return;
    const rest = Math.max(limits.piWatch, (clock.now() - began) * limits.piWatchShare);
    this.#cancel = clock.after(rest, () => void this.#look());
    if (isDifferent) onChange();
  }
}
