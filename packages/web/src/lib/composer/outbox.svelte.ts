import { type Attachment, type Change, promptText } from "@pier/client";
import type { AgentMessage, ImageContent } from "@pier/protocol";
import { limits } from "./limits.ts";

/** When pi gets a text while a turn runs: after the step that is under way, or when the turn has ended. */
export type When = "now" | "later";

/** Text on its way to pi. */
export interface Outgoing {
  text: string;
  images: readonly ImageContent[];
  when: When;
}

/** A prompt that is not in the transcript yet. `held`: pi takes none now; `accepted`: pi has it, it only does not show yet. */
export interface SentPrompt extends Outgoing {
  id: number;
  state: "held" | "sending" | "accepted";
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
  #next = 1;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  send(outgoing: Outgoing): void {
    if (this.prompts.length >= limits.waitingPrompts) {
      const error = new Error(`${limits.waitingPrompts} prompts wait already: send more when they are through.`);
      return this.#options.onFailed(outgoing, error);
    }
    const prompt: SentPrompt = { ...outgoing, id: this.#next++, state: this.#isCompacting ? "held" : "sending" };
    this.prompts = [...this.prompts, prompt];
    if (prompt.state === "sending") void this.#deliver(prompt);
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
      this.#mark(prompt.id, "sending");
      void this.#deliver(prompt);
    }
  }

  async #deliver({ id, text, images, when }: SentPrompt): Promise<void> {
    const { attachment, onFailed } = this.#options;
    try {
      await attachment.prompt(text, {
        streamingBehavior: when === "now" ? "steer" : "followUp",
        ...(images.length > 0 && { images }),
      });
    } catch (error) {
      this.#forget(id);
      onFailed({ text, images, when }, error);
      return;
    }
    // Commands leave no message of that text, and what was waited for may be there already.
    const { items, live } = attachment.transcript;
    if (text.startsWith("/") || !live.running || isUserText(items.at(-1)?.message, text)) this.#forget(id);
    else this.#mark(id, "accepted");
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
    const queued = new Set([...live.queue.steering, ...live.queue.followUp]);
    for (const { id, text, state } of this.prompts) {
      if (queued.has(text) || (state === "accepted" && !live.running)) this.#forget(id);
    }
  }

  #mark(id: number, state: SentPrompt["state"]): void {
    this.prompts = this.prompts.map((prompt) => (prompt.id === id ? { ...prompt, state } : prompt));
  }

  #forget(id: number): void {
    this.prompts = this.prompts.filter((prompt) => prompt.id !== id);
  }
}

/** Whether a message is what the user wrote; of one that came shortened it is assumed. */
function isUserText(message: AgentMessage | undefined, text: string): boolean {
  if (message?.role !== "user") return false;
  const shown = promptText(message);
  return shown === null ? text.length > limits.surelyWhole : shown === text;
}
