import type { Attachment } from "@pier/client";
import type { ImageContent } from "@pier/protocol";
import { limits } from "../limits.ts";

/** Text on its way to pi. */
export interface Outgoing {
  text: string;
  /** What was typed, where that is not what is sent. */
  typed: string;
  images: readonly ImageContent[];
  /** While a turn runs: after its next step, or when it has ended. */
  when: "now" | "later";
}

export interface OutboxOptions {
  attachment: Attachment;
  /** Shows a text as waiting until the promise is settled. */
  readonly track: (text: string, accepted: Promise<unknown>) => void;
  readonly onFailed: (outgoing: Outgoing, error: unknown, session: string) => void;
}

interface Held {
  outgoing: Outgoing;
  settled: PromiseWithResolvers<void>;
}

/**
 * Prompts on their way to pi, in their order. The client library keeps them over a lost connection; here they are held
 * while pi compacts, for it takes none meanwhile.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #attachment: Attachment;
  #held: Held[] = [];
  #sent = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#attachment = options.attachment;
  }

  /** How many would be lost if this program ended now. */
  get unsent(): number {
    return this.#held.length + (this.#attachment.transcript.status === "live" ? 0 : this.#sent);
  }

  /** Sends to another session from now on. What was held for the one that is left comes back as failed. */
  follow(attachment: Attachment): void {
    const { session } = this.#attachment;
    const held = this.#held.splice(0);
    this.#attachment = attachment;
    for (const { outgoing, settled } of held) {
      settled.resolve();
      this.#options.onFailed(outgoing, new Error("The session was left before pi could take it."), session);
    }
  }

  send(outgoing: Outgoing): void {
    const { track, onFailed } = this.#options;
    if (this.#held.length + this.#sent >= limits.waitingPrompts) {
      const error = new Error(`${limits.waitingPrompts} prompts wait already: send more when they are through.`);
      return onFailed(outgoing, error, this.#attachment.session);
    }
    if (!this.#isCompacting) return track(outgoing.typed, this.#deliver(outgoing));
    const settled = Promise.withResolvers<void>();
    this.#held.push({ outgoing, settled });
    track(outgoing.typed, settled.promise);
  }

  /** Sends what nothing holds back any more. */
  update(): void {
    if (this.#isCompacting) return;
    for (const { outgoing, settled } of this.#held.splice(0)) settled.resolve(this.#deliver(outgoing));
  }

  get #isCompacting(): boolean {
    return this.#attachment.transcript.live.compaction?.reason === "manual";
  }

  async #deliver(outgoing: Outgoing): Promise<void> {
    const attachment = this.#attachment;
    const { text, images, when } = outgoing;
    this.#sent++;
    try {
      await attachment.prompt(text, {
        streamingBehavior: when === "now" ? "steer" : "followUp",
        ...(images.length > 0 && { images }),
      });
    } catch (error) {
      this.#options.onFailed(outgoing, error, attachment.session);
    } finally {
      this.#sent--;
    }
  }
}
