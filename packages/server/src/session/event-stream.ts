import { limits } from "../limits.ts";
import type { Clock } from "./clock.ts";
import { Coalescer, joinKey } from "./coalescer.ts";
import { eventsFrame } from "./frame-text.ts";
import type { PublicRecord } from "./journal-record.ts";
import { withoutRepetition } from "./without-repetition.ts";

/** One receiver of a session's frames. */
export interface Subscriber {
  /** Takes an encoded frame; `seq` is the journal position after it. */
  deliver(frame: Uint8Array, seq: number): void;
  /**
   * What it holds cannot be continued event by event: it attaches again. `switched`: another conversation begins;
   * `settled`: the one that began is known now, and whoever attached meanwhile saw a part of it.
   */
  resync(reason: "restarted" | "switched" | "settled" | "trimmed" | "grown"): void;
}

export interface EventStreamOptions {
  session: string;
  /** ms within which deltas are joined; 0 joins nothing and sends what came in one read as one frame. */
  interval: number;
  clock: Clock;
  encode(text: string): Uint8Array;
}

/** Events on their way to all subscribers with the same coalescing interval: built once, sent to each. */
export class EventStream {
  readonly subscribers = new Set<Subscriber>();
  readonly #options: EventStreamOptions;
  readonly #coalescer = new Coalescer();
  #texts: string[] = [];
  #seq = 0;
  #sentAt = -Infinity;
  #readAt = -Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  /** Takes what one journal record means for clients; it goes out in one frame, since it has one seq. */
  push(records: readonly PublicRecord[], seq: number): void {
    if (this.#options.interval === 0) {
      for (const record of records) this.#texts.push(record.text);
      this.#seq = seq;
      return;
    }
    for (const record of records) this.#coalescer.push(withoutRepetition(record));
    this.#seq = seq;
    // Only deltas may wait; whatever ends or begins something goes out with all before it.
    const mayWait = records.every((record) => joinKey(record.value) !== undefined);
    if (!mayWait || this.#coalescer.size > limits.coalesced) this.flush();
  }

  /** The end of what was read at once: sends now, or when the interval since the last frame is over. */
  pause(): void {
    const { interval, clock } = this.#options;
    if (interval === 0) return this.flush();
    if (this.#coalescer.empty) return;
    this.#readAt = clock.now();
    if (this.#cancelTimer) return;
    const wait = this.#sentAt + interval - this.#readAt;
    if (wait <= 0) this.flush();
    else this.#cancelTimer = clock.after(wait, () => this.#flushLate());
  }

  /** Sends what waits. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const texts = this.#options.interval === 0 ? this.#texts : this.#coalescer.take();
    this.#texts = [];
    if (texts.length === 0) return;
    this.#sentAt = this.#options.clock.now();
    this.send(eventsFrame(this.#options.session, this.#seq, texts), this.#seq);
  }

  /** Counts the next interval from the last read: reads that come once an interval then need no timer of their own. */
  #flushLate(): void {
    this.flush();
    this.#sentAt = this.#readAt;
  }

  /** Sends a frame to every subscriber, after what waits. */
  send(text: string, seq: number): void {
    const frame = this.#options.encode(text);
    for (const subscriber of this.subscribers) subscriber.deliver(frame, seq);
  }

  /** Forgets what waits and the timer. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#texts = [];
    this.#coalescer.take();
    this.subscribers.clear();
  }
}
