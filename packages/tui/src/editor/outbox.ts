import type { Attachment } from "@pier/client";
import type { ImageContent } from "@pier/protocol";
import { limits } from "../limits.ts";
import { truncateToWidth } from "../pi-tui/index.ts";
import type { Section } from "../screen/section.ts";
import { neutraliseLine } from "../text/index.ts";
import type { Theme } from "../theme/theme.ts";

/** Text on its way to pi. */
export interface Outgoing {
  text: string;
  /** What was typed, when that is not what is sent. */
  typed: string;
  images: readonly ImageContent[];
  /** While a turn runs: after its next step, or when it has ended. */
  when: "now" | "later";
}

export interface OutboxOptions {
  attachment: Attachment;
  theme: Theme;
  onChange(): void;
  onFailed(outgoing: Outgoing, error: unknown, session: string): void;
}

interface Waiting extends Outgoing {
  /** Whether it was handed to the client library, which sends it again after a lost connection. */
  sent: boolean;
}

/**
 * Prompts that pi has not accepted yet, as rows above the editor. They wait for a lost connection to come back, and for
 * a compaction to end: pi takes none meanwhile.
 */
export class Outbox implements Section {
  readonly #options: OutboxOptions;
  #attachment: Attachment;
  #waiting: Waiting[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#attachment = options.attachment;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Sends to another session from now on. What waits for the one that is left comes back as failed. */
  follow(attachment: Attachment): void {
    const { session } = this.#attachment;
    const held = this.#waiting.filter(({ sent }) => !sent);
    this.#attachment = attachment;
    this.#waiting = [];
    for (const waiting of held) this.#options.onFailed(waiting, new Error("That was not sent."), session);
  }

  send(outgoing: Outgoing): void {
    if (this.#waiting.length >= limits.waitingPrompts) {
      const error = new Error(`${limits.waitingPrompts} prompts wait to be sent: send more when they are through.`);
      return this.#options.onFailed(outgoing, error, this.#attachment.session);
    }
    this.#waiting.push({ ...outgoing, sent: false });
    this.update();
  }

  /** Sends what nothing holds back any more, in its order. */
  update(): void {
    if (this.#isCompacting) return this.#options.onChange();
    for (const waiting of this.#waiting) if (!waiting.sent) void this.#deliver(waiting);
    this.#options.onChange();
  }

  render(width: number): readonly string[] {
    const { theme } = this.#options;
    if (this.#waiting.length === 0) return [];
    const { status } = this.#attachment.transcript;
    const reason = status !== "live" ? "the connection" : this.#isCompacting ? "the compaction" : null;
    // What is under way to a pi that answers is not worth a flicker.
    if (reason === null) return [];
    const rows = this.#waiting
      .slice(0, shown)
      .map(({ typed }) => theme.fg("dim", truncateToWidth(`Waits for ${reason}: ${neutraliseLine(typed)}`, width)));
    const more = this.#waiting.length - shown;
    return more > 0 ? [...rows, theme.fg("dim", truncateToWidth(`… and ${more} more`, width))] : rows;
  }

  get #isCompacting(): boolean {
    return this.#attachment.transcript.live.compaction?.reason === "manual";
  }

  async #deliver(waiting: Waiting): Promise<void> {
    const attachment = this.#attachment;
    const { text, images, when } = waiting;
    waiting.sent = true;
    try {
      await attachment.prompt(text, {
        streamingBehavior: when === "now" ? "steer" : "followUp",
        ...(images.length > 0 && { images }),
      });
      this.#forget(waiting);
    } catch (error) {
      this.#forget(waiting);
      this.#options.onFailed(waiting, error, attachment.session);
    }
  }

  #forget(waiting: Waiting): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    this.#options.onChange();
  }
}

/** Rows of prompts that wait. */
const shown = 3;
