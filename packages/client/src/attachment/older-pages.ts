import type { History, HistoryPage, Window } from "@pier/protocol";
import { ClientError } from "../client-error.ts";
import { limits } from "../limits.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { Port } from "./port.ts";

export interface OlderPagesOptions {
  transcript: Transcript;
  port: Port;
  /** Asks for a snapshot in place of what is held. */
  reattach(): void;
}

/**
 * Loads older pages, one at a time. A page does not say which request it answers, so the requests are counted: one that
 * was made before a snapshot came is answered with a page that does not fit the snapshot.
 */
export class OlderPages {
  readonly #options: OlderPagesOptions;
  #current: PromiseWithResolvers<number> | null = null;
  /** How much the present request asks for. */
  #window: Window | undefined;
  /** Whether the present request was sent on this connection. */
  #asked = false;
  /** Answers that are still to come and belong to what a snapshot replaced. */
  #stale = 0;

  constructor(options: OlderPagesOptions) {
    this.#options = options;
  }

  /**
   * Resolves with how many items were put before the first one: 0 at the beginning, or when a snapshot replaced everything.
   * `window`: how much is wanted, for a request that is not under way yet.
   */
  load(window?: Window): Promise<number> {
    const { transcript } = this.#options;
    if (this.#current) return this.#current.promise;
    if (!transcript.hasOlder) return Promise.resolve(0);
    if (transcript.full) {
      const held = `The transcript holds ${transcript.items.length} items`;
      return Promise.reject(
        new ClientError("TOO_MANY", `${held}, as many as this client keeps (${limits.items} at most).`),
      );
    }
    const current = Promise.withResolvers<number>();
    this.#current = current;
    this.#window = window;
    if (transcript.status === "live") this.#ask();
    return current.promise;
  }

  /** The daemon's answer to the oldest request. */
  page(frame: HistoryPage): void {
    if (this.#isStale()) return;
    const current = this.#take();
    try {
      this.#options.transcript.apply(frame);
    } catch (error) {
      current?.reject(error);
      throw error;
    }
    current?.resolve(frame.messages.length);
  }

  /** The daemon's refusal of the oldest request. */
  refused(error: ClientError): void {
    if (this.#isStale()) return;
    this.#asked = false;
    if (error.code === "HISTORY_GONE") this.#options.reattach();
    else this.#take()?.reject(error);
  }

  /** Everything that was held was replaced. */
  replaced(): void {
    if (this.#asked) this.#stale++;
    this.#take()?.resolve(0);
  }

  /** What is held goes on after a lost connection. */
  resumed(): void {
    if (this.#current && !this.#asked) this.#ask();
  }

  lost(): void {
    this.#asked = false;
    this.#stale = 0;
  }

  end(error: ClientError): void {
    this.#take()?.reject(error);
  }

  #ask(): void {
    const { transcript, port } = this.#options;
    if (transcript.before === undefined) this.#options.reattach();
    else this.#asked = port.send(this.#request(transcript.before));
  }

  #request(before: string): History {
    const { session } = this.#options.transcript;
    return { type: "history", session, before, ...(this.#window && { window: this.#window }) };
  }

  #isStale(): boolean {
    if (this.#stale === 0) return !this.#asked;
    this.#stale--;
    return true;
  }

  #take(): PromiseWithResolvers<number> | null {
    const current = this.#current;
    this.#current = null;
    this.#asked = false;
    return current;
  }
}
