import {
  type Change,
  interruptible,
  joinTexts,
  PiCommandList,
  stopRunning,
  type TakenQueue,
  takeQueue,
  TurnClock,
} from "@pier/client";
import { neutralise } from "@pier/client/messages";
import { untrack } from "svelte";
import { pier } from "#lib/pier/pier.svelte.ts";
import type { SessionView } from "#lib/session/session-view.svelte.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";
import { Attachments } from "./attachments/attachments.svelte.ts";
import { DraftKeeper } from "./draft-keeper.ts";
import { takeFirstPrompt } from "./first-prompt.ts";
import { Outbox, type Outgoing, typedText, type When } from "./outbox.svelte.ts";
import { PromptMemory } from "./prompt-memory.ts";
import { Submitter } from "./submitter.ts";
import { type QueuedPlace, takeBack } from "./take-back.ts";

/** Where a person writes to one session: the text, what goes with it, what is on its way, and how to stop what runs. */
export class Composer {
  readonly view: SessionView;
  readonly outbox: Outbox;
  readonly attachments: Attachments;
  readonly memory = new PromptMemory();
  /** Since when what runs runs. */
  readonly clock = new TurnClock();
  readonly piCommands: PiCommandList;
  text = $state("");
  /** What Stop would stop; null while nothing runs. */
  readonly running = $derived.by(() => {
    void this.view.liveChanges;
    return interruptible(this.view.transcript.live);
  });
  readonly isEmpty = $derived.by(() => this.text.trim() === "" && this.attachments.list.length === 0);
  readonly #submitter: Submitter;
  readonly #draft: DraftKeeper;

  constructor(view: SessionView) {
    this.view = view;
    this.attachments = new Attachments(view.id);
    this.piCommands = new PiCommandList(view.attachment);
    this.outbox = new Outbox({ attachment: view.attachment, onFailed: (...failed) => this.#onFailed(...failed) });
    this.#submitter = new Submitter(this);
    this.#draft = new DraftKeeper(this);
  }

  /** Follows the session until the returned function is called. */
  follow(): () => void {
    const stop = this.view.attachment.subscribe((change) => this.#onChange(change));
    this.clock.update(this.view.transcript, Date.now(), true);
    // What was attached before then is kept as well.
    void this.#draft.restore().then(() => this.keepFiles());
    const first = takeFirstPrompt(this.view.id);
    if (first) this.outbox.send({ text: first.text, images: first.images ?? [], uploads: [], when: "now" });
    return () => {
      stop();
      this.keepDraft();
      this.attachments.close();
    };
  }

  /** Does what the text asks for: sends it, runs a command. What comes to nothing stays in the composer. */
  submit(when: When): void {
    // Whoever sends while the connection is away wants it back now.
    if (pier.state.status === "waiting") pier.connection?.reconnectNow();
    this.#submitter.submit(when);
  }

  /** Stops what runs, as Esc does in pi: of a turn, what is queued comes back into the composer. */
  async stop(): Promise<void> {
    const { running } = this;
    if (running) await attempt(() => stopRunning(this.view.attachment, running, (queue) => this.#restore(queue)));
  }

  /** Takes a queued message back into the composer. */
  async takeBack(place: QueuedPlace): Promise<void> {
    await attempt(async () => {
      const text = await takeBack(this.view.attachment, place, (other, kind) => this.#requeue(other, kind));
      if (text === null) return toasts.say("pi has said it already.");
      this.#restore({ texts: [text], kept: false });
    });
  }

  /** Takes everything that is queued back into the composer. */
  async takeAllBack(): Promise<void> {
    await attempt(async () => this.#restore(await takeQueue(this.view.attachment)));
  }

  /** Takes text that an extension has for the composer; what a person is typing there is not taken from under their hands. */
  offer(text: string): void {
    const clean = neutralise(text);
    if (this.text.trim() === "") this.text = clean;
    else {
      this.memory.remember(clean);
      toasts.say("An extension has text for the composer, which is in use: the Up key at its beginning brings it.");
    }
  }

  /** Puts text before what is typed. */
  write(text: string): void {
    this.text = joinTexts(
      [text],
      untrack(() => this.text),
    );
  }

  /** Keeps what is being written, with what may not have arrived: it would be lost with the page. */
  keepDraft(): void {
    this.#draft.keepText(this.text);
    this.#draft.keepSent([...this.outbox.unconfirmed, ...this.#submitter.unconfirmed]);
  }

  /** Keeps the images and files that go with it. */
  keepFiles(): void {
    this.#draft.keepFiles(this.outbox.unconfirmed);
  }

  #requeue(text: string, kind: QueuedPlace["kind"]): void {
    const typed = typedText(text);
    this.outbox.send({ text: typed, ...this.outbox.carriedWith(typed), when: kind === "steering" ? "now" : "later" });
  }

  #restore({ texts, kept }: TakenQueue): void {
    const typed = texts.map(typedText);
    if (typed.length > 0) this.text = joinTexts(typed, this.text);
    for (const text of typed) this.attachments.restore(this.outbox.carriedWith(text));
    if (kept) toasts.say("This pi cannot take back what is queued and may still say it: here is a copy.");
  }

  #onChange(change: Change): void {
    this.outbox.onChange(change);
    this.#draft.update();
    if (change.kind === "reset") this.piCommands.refresh();
    this.clock.update(this.view.transcript, Date.now(), change.kind === "reset");
  }

  #onFailed({ text, images, uploads }: Outgoing, error: unknown): void {
    toasts.say(`Not sent: ${error instanceof Error ? error.message : String(error)}`, "error");
    this.write(text);
    this.attachments.restore({ images, uploads });
  }
}
