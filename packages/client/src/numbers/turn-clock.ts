import type { Retry } from "@pier/protocol";
import type { Transcript } from "../transcript/transcript.ts";

/** Longer than any turn: an older message is not what began it. */
const longest = 24 * 3600 * 1000;

/** Since when what goes on goes on, as far as this client saw it. */
export class TurnClock {
  #since: number | null = null;
  #busy = false;
  #retry: { retry: Retry; seen: number | null } | null = null;

  /** Takes note of how it stands now. `first`: it began before this client came. */
  update({ live, items, info }: Transcript, now: number, first: boolean): void {
    const busy = live.running || live.compaction !== null || live.bash.size > 0 || info?.activity === "starting";
    if (busy && !this.#busy) this.#since = first ? startOf(items, now) : now;
    if (!busy) this.#since = null;
    this.#busy = busy;
    if (live.retry === null) this.#retry = null;
    else if (live.retry !== this.#retry?.retry) this.#retry = { retry: live.retry, seen: first ? null : now };
  }

  /** ms; null when it is not known. */
  elapsed(now: number): number | null {
    return this.#since === null ? null : Math.max(0, now - this.#since);
  }

  /** ms that the pause before another attempt still takes; 0 when it is over or not known. */
  retryLeft(now: number): number {
    if (!this.#retry || this.#retry.seen === null) return 0;
    return Math.max(0, this.#retry.seen + this.#retry.retry.delayMs - now);
  }
}

/** When the last message of a person was said, which is when the turn began; the clocks of two machines may differ. */
function startOf(items: Transcript["items"], now: number): number | null {
  const said = items.findLast(({ message }) => message.role === "user")?.message.timestamp;
  return typeof said === "number" && said <= now && now - said < longest ? said : null;
}
