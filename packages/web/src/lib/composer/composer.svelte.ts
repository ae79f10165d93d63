import {
  type Change,
  interruptible,
  joinTexts,
  type Numbers,
  SessionNumbers,
  stopRunning,
  type TakenQueue,
} from "@pier/client";
import { neutralise } from "@pier/client/messages";
import { pier } from "#lib/pier/pier.svelte.ts";
import type { SessionView } from "#lib/session/session-view.svelte.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";
import { takeFirstPrompt } from "./first-prompt.ts";
import { Outbox, type Outgoing, type When } from "./outbox.svelte.ts";

/** Where a person writes to one session: the text, what is on its way, and how to stop what runs. */
export class Composer {
  readonly view: SessionView;
  readonly outbox: Outbox;
  text = $state("");
  numbers = $state.raw<Numbers>({ totals: null, context: null, window: null });
  /** What Stop would stop; null while nothing runs. */
  readonly running = $derived.by(() => {
    void this.view.liveChanges;
    return interruptible(this.view.transcript.live);
  });
  readonly isEmpty = $derived(this.text.trim() === "");
  readonly #numbers: SessionNumbers;

  constructor(view: SessionView) {
    this.view = view;
    this.outbox = new Outbox({ attachment: view.attachment, onFailed: (...failed) => this.#onFailed(...failed) });
    this.#numbers = new SessionNumbers(view.attachment, () => (this.numbers = this.#numbers.numbers));
    this.numbers = this.#numbers.numbers;
  }

  /** Follows the session until the returned function is called. */
  follow(): () => void {
    const stop = this.view.attachment.subscribe((change) => this.#onChange(change));
    const first = takeFirstPrompt(this.view.id);
    if (first) this.outbox.send({ text: first.text, images: first.images ?? [], when: "now" });
    return () => {
      stop();
      this.#numbers.stop();
    };
  }

  submit(when: When): void {
    const text = this.text.trim();
    if (text === "") return;
    // Whoever sends while the connection is away wants it back now.
    if (pier.state.status === "waiting") pier.connection?.reconnectNow();
    this.text = "";
    this.outbox.send({ text, images: [], when });
  }

  /** Takes text that an extension has for the composer; what a person is typing there is not taken from under their hands. */
  offer(text: string): void {
    const clean = neutralise(text);
    if (this.isEmpty) this.text = clean;
    else toasts.say("An extension has text for the composer, which is in use.");
  }

  /** Stops what runs, as Esc does in pi: of a turn, what is queued comes back into the composer. */
  async stop(): Promise<void> {
    const { running } = this;
    if (running) await attempt(() => stopRunning(this.view.attachment, running, (queue) => this.#restore(queue)));
  }

  #restore({ texts, kept }: TakenQueue): void {
    if (texts.length > 0) this.text = joinTexts(texts, this.text);
    if (kept) toasts.say("This pi cannot take back what is queued and may still say it: here is a copy.");
  }

  #onChange(change: Change): void {
    this.outbox.onChange(change);
    this.#numbers.update(change);
    const { context, window } = this.#numbers.numbers;
    if (context !== this.numbers.context || window !== this.numbers.window) this.numbers = this.#numbers.numbers;
  }

  #onFailed({ text }: Outgoing, error: unknown): void {
    toasts.say(`Not sent: ${error instanceof Error ? error.message : String(error)}`, "error");
    this.text = joinTexts([text], this.text);
  }
}
