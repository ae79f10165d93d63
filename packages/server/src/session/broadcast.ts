import { limits } from "../limits.ts";
import type { Clock } from "./clock.ts";
import { EventStream, type Subscriber } from "./event-stream.ts";
import type { PublicRecord } from "./journal-record.ts";

export interface BroadcastOptions {
  session: string;
  clock: Clock;
  encode(text: string): Uint8Array;
}

/** Sends a session's events to its subscribers. Work per event grows with the number of coalescing intervals in use, not with clients. */
export class Broadcast {
  readonly #options: BroadcastOptions;
  readonly #streams = new Map<number, EventStream>();
  #size = 0;

  constructor(options: BroadcastOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  /** ms that the next events of a steady stream may wait to be read, whoever looks. */
  get rest(): number {
    const interval = Math.min(limits.rest, ...this.#streams.keys());
    // A little more, so that the time of the next frame has come when they are read: one wake-up, not two.
    return interval === 0 ? 0 : interval + 2;
  }

  /** Adds a subscriber for what is pushed from now on; the returned function removes it. */
  add(subscriber: Subscriber, interval: number): () => void {
    let stream = this.#streams.get(interval);
    if (!stream) {
      stream = new EventStream({ ...this.#options, interval });
      this.#streams.set(interval, stream);
    }
    // What waits was pushed before this subscriber's cut.
    stream.flush();
    stream.subscribers.add(subscriber);
    this.#size++;
    const joined = stream;
    return () => this.#remove(joined, interval, subscriber);
  }

  push(records: readonly PublicRecord[], seq: number): void {
    if (records.length === 0) return;
    for (const stream of this.#streams.values()) stream.push(records, seq);
  }

  /** The end of what was read at once. */
  pause(): void {
    for (const stream of this.#streams.values()) stream.pause();
  }

  /** Sends what waits. */
  flush(): void {
    for (const stream of this.#streams.values()) stream.flush();
  }

  /** Sends one frame to all, after the events before it. */
  send(text: string, seq: number): void {
    const frame = this.#options.encode(text);
    for (const stream of this.#streams.values()) {
      stream.flush();
      for (const subscriber of stream.subscribers) subscriber.deliver(frame, seq);
    }
  }

  /** Everybody attaches again. */
  resync(reason: Parameters<Subscriber["resync"]>[0]): void {
    for (const stream of this.#streams.values()) {
      stream.flush();
      for (const subscriber of Array.from(stream.subscribers)) subscriber.resync(reason);
    }
  }

  #remove(stream: EventStream, interval: number, subscriber: Subscriber): void {
    if (!stream.subscribers.delete(subscriber)) return;
    this.#size--;
    if (stream.subscribers.size > 0) return;
    stream.close();
    this.#streams.delete(interval);
  }
}
