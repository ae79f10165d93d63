import { PierError, type Cursor, type Window } from "@pier/protocol";
import type { Subscriber } from "../session/event-stream.ts";
import type { Session } from "../session/session.ts";
import type { Peer } from "./peer.ts";

export interface AttachmentOptions {
  session: Session;
  peer: Peer;
  interval: number;
  window: Window | undefined;
  /** Whether a person looks, at first. */
  looking: boolean;
  /** The session could not be attached to. */
  onError(error: unknown): void;
}

/**
 * One connection's subscription to one session. When the connection does not take what is sent, nothing more is queued
 * for it; once it drained it is brought up to date.
 */
export class Attachment implements Subscriber {
  readonly #options: AttachmentOptions;
  #leave: (() => void) | undefined;
  #looking: boolean;
  #ended = false;
  /** Whether it waits until the connection drained. */
  #aside = false;
  /** Counts attaches, so that one that was overtaken knows. */
  #turn = 0;

  constructor(options: AttachmentOptions) {
    this.#options = options;
    this.#looking = options.looking;
  }

  async attach(cursor: Cursor | undefined): Promise<void> {
    const turn = ++this.#turn;
    this.#aside = false;
    this.#stop();
    const { session, window, interval, peer } = this.#options;
    try {
      const looking = this.#looking;
      const leave = await session.attach(this, { cursor, window, interval, looking }, (frames) => {
        if (this.#ended || turn !== this.#turn) return;
        for (const frame of frames) peer.send(frame);
      });
      if (this.#ended || turn !== this.#turn) leave();
      else this.#leave = leave;
      if (this.#leave && this.#looking !== looking) session.look(this, this.#looking);
    } catch (error) {
      this.#options.onError(
        error instanceof PierError
          ? error
          : new PierError("INTERNAL", "The session could not be read.", { cause: error }),
      );
    }
  }

  /** A person begins to look, or looks elsewhere. */
  look(looking: boolean): void {
    this.#looking = looking;
    // An attach under way ends with it.
    if (this.#leave) this.#options.session.look(this, looking);
  }

  deliver(frame: Uint8Array): void {
    const { peer } = this.#options;
    if (this.#ended) return;
    if (!this.#aside && peer.full) this.#setAside();
    // What is told to a person is told once: no snapshot will have it.
    if (!this.#aside || isNotice(frame)) peer.send(frame);
  }

  resync(reason: "restarted" | "switched" | "settled" | "trimmed" | "grown"): void {
    // Set aside, it begins anew in any case.
    if (!this.#aside) this.#begin(reason === "settled" ? "switched" : reason);
  }

  end(): void {
    this.#ended = true;
    this.#stop();
  }

  #setAside(): void {
    this.#aside = true;
    this.#turn++;
    this.#options.peer.whenDrained(() => this.#begin("slow"));
  }

  #begin(reason: string): void {
    if (this.#ended) return;
    this.#options.peer.send(JSON.stringify({ type: "resync", session: this.#options.session.id, reason }));
    void this.attach(undefined);
  }

  #stop(): void {
    this.#leave?.();
    this.#leave = undefined;
  }
}

const noticeStart = '{"type":"notice"';

function isNotice(frame: Uint8Array): boolean {
  return Buffer.from(frame.subarray(0, noticeStart.length)).toString("latin1") === noticeStart;
}
