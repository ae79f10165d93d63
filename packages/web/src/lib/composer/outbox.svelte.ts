import { type Attachment, type Change, promptText } from "@pier/client";
import type { AgentMessage } from "@pier/protocol";
import { splitAttachedFiles } from "@pier/protocol/runtime";
import { type Carried, nothingCarried } from "./attachments/attached.ts";
import { limits } from "./limits.ts";
import type { Unconfirmed } from "./unconfirmed.ts";

/** When pi gets a text while a turn runs: after the step that is under way, or when the turn has ended. */
export type When = "now" | "later";

/** Text on its way to pi. */
export interface Outgoing extends Carried {
  text: string;
  when: When;
}

/** A prompt that is not in the transcript yet. `held`: pi takes none now; `accepted`: pi has it, it only does not show yet. */
export interface SentPrompt extends Outgoing, Unconfirmed {
  id: number;
  state: "held" | "sending" | "accepted";
  /** Whether it takes so long that it is worth a card: most are through before one could read it. */
  isSlow: boolean;
}

export interface OutboxOptions {
  attachment: Attachment;
  /** A prompt was refused, or did not get through. */
  readonly onFailed: (outgoing: Outgoing, error: unknown) => void;
}

/**
 * Prompts on their way to pi, in their order, until the transcript shows them. The connection keeps them while it is away
 * and sends each once; here they are held while pi compacts, for it takes none meanwhile.
 */
export class Outbox {
  prompts = $state.raw<readonly SentPrompt[]>([]);
  readonly #options: OutboxOptions;
  /** What went with the latest prompts: pi gives only their text back when they leave its queue. */
  readonly #carried = new Map<string, Carried>();
  #next = 1;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  send(outgoing: Outgoing): void {
    if (this.prompts.length >= limits.waitingPrompts) {
      const error = new Error(`${limits.waitingPrompts} prompts wait already: send more when they are through.`);
      return this.#options.onFailed(outgoing, error);
    }
    const prompt: SentPrompt = {
      ...outgoing,
      id: this.#next++,
      after: this.#options.attachment.transcript.items.at(-1)?.key ?? null,
      state: this.#isCompacting ? "held" : "sending",
      isSlow: false,
    };
    setTimeout(() => this.#change(prompt.id, { isSlow: true }), limits.slowPrompt);
    this.prompts = [...this.prompts, prompt];
    this.#remember(outgoing);
    if (prompt.state === "sending") void this.#deliver(prompt);
  }

  /** Those that pi may not have yet. */
  get unconfirmed(): readonly SentPrompt[] {
    return this.prompts.filter(({ state }) => state !== "accepted");
  }

  /** What went with a prompt of this text. */
  carriedWith(text: string): Carried {
    return this.#carried.get(text) ?? nothingCarried;
  }

  onChange(change: Change): void {
    if (this.prompts.length === 0) return;
    if (change.kind === "reset") this.#forgetShown(this.#options.attachment.transcript.items.length);
    if (change.kind === "items") this.#forgetShown(this.#options.attachment.transcript.items.length - change.from);
    if (change.kind === "reset" || change.kind === "live") {
      this.#forgetQueued();
      this.#sendHeld();
    }
  }

  get #isCompacting(): boolean {
    return this.#options.attachment.transcript.live.compaction?.reason === "manual";
  }

  #sendHeld(): void {
    if (this.#isCompacting) return;
    for (const prompt of this.prompts.filter(({ state }) => state === "held")) {
      this.#change(prompt.id, { state: "sending" });
      void this.#deliver(prompt);
    }
  }

  async #deliver({ id, text, images, uploads, when }: SentPrompt): Promise<void> {
    const { attachment, onFailed } = this.#options;
    try {
      await attachment.prompt(text, {
        streamingBehavior: when === "now" ? "steer" : "followUp",
        ...(images.length > 0 && { images }),
        ...(uploads.length > 0 && { uploads: uploads.map((upload) => upload.id) }),
      });
    } catch (error) {
      this.#forget(id);
      onFailed({ text, images, uploads, when }, error);
      return;
    }
    // Commands leave no message of that text, and what was waited for may be there already.
    const { items, live } = attachment.transcript;
    if (text.startsWith("/") || !live.running || isUserText(items.at(-1)?.message, text)) this.#forget(id);
    else this.#change(id, { state: "accepted" });
  }

  /** The newest `count` messages came: a prompt that is among them is through. */
  #forgetShown(count: number): void {
    if (count === 0) return;
    for (const { message } of this.#options.attachment.transcript.items.slice(-count)) {
      if (message.role !== "user") continue;
      const shown =
        this.prompts.find(({ text }) => isUserText(message, text)) ??
        this.prompts.find(({ state }) => state === "accepted");
      if (shown) this.#forget(shown.id);
    }
  }

  #forgetQueued(): void {
    const { live } = this.#options.attachment.transcript;
    const queued = new Set([...live.queue.steering, ...live.queue.followUp].map(typedText));
    for (const { id, text, state } of this.prompts) {
      if (queued.has(text) || (state === "accepted" && !live.running)) this.#forget(id);
    }
  }

  #remember({ text, images, uploads }: Outgoing): void {
    if (images.length + uploads.length === 0) return;
    this.#carried.set(text, { images, uploads });
    const [oldest] = this.#carried.keys();
    if (this.#carried.size > limits.remembered && oldest !== undefined) this.#carried.delete(oldest);
  }

  #change(id: number, change: Partial<Pick<SentPrompt, "state" | "isSlow">>): void {
    this.prompts = this.prompts.map((prompt) => (prompt.id === id ? { ...prompt, ...change } : prompt));
  }

  #forget(id: number): void {
    this.prompts = this.prompts.filter((prompt) => prompt.id !== id);
  }
}

/** What was typed of a prompt, without the files that were attached to it. */
export function typedText(text: string): string {
  return splitAttachedFiles(text).text;
}

/** Whether a message is what the user wrote; of one that came shortened it is assumed. */
export function isUserText(message: AgentMessage | undefined, text: string): boolean {
  if (message?.role !== "user") return false;
  const shown = promptText(message);
  return shown === null ? text.length > limits.surelyWhole : typedText(shown) === text;
}
