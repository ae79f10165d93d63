import { type Closed, closedWords } from "@pier/client";
import type { Dialog, DialogAnswer } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import type { SessionView } from "#lib/session/session-view.svelte.ts";
import { toasts } from "#lib/ui/toasts.svelte.ts";
import { AnswerDrafts } from "./answer-drafts.ts";
import { limits } from "./limits.ts";
import { Typing } from "./typing.ts";

/** The questions of a session's extensions, put to the person one after the other. */
export class Questions {
  readonly typing = new Typing();
  /** The question on the screen. */
  shown = $state.raw<Dialog | null>(null);
  /** How many are open, the shown one included. */
  count = $state(0);
  /** Why the shown question is closed: it stays until the person has paused typing. */
  over = $state("");
  /** Why the last answer was not taken. */
  problem = $state("");
  /** Whether the answer is on its way. */
  sending = $state(false);
  /** Whether keys may answer: not while the person types for something else. */
  armed = $state(false);
  readonly #view: SessionView;
  /** Answered here; open until the daemon says otherwise. */
  readonly #sent = new Set<string>();
  readonly #drafts: AnswerDrafts;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: SessionView) {
    this.#view = view;
    this.#drafts = new AnswerDrafts(view.id);
  }

  /** Follows the session until the returned function is called. */
  follow(): () => void {
    const ends = [
      this.#view.attachment.subscribe((change) => {
        if (change.kind === "ui") this.#update(change.closed);
        else if (change.kind === "reset" || change.kind === "status") this.#update();
      }),
      pier.connection?.onError(() => this.#onError()),
    ];
    this.#update();
    return () => {
      for (const end of ends) end?.();
      clearTimeout(this.#timer);
    };
  }

  /** What was typed for a question so far. */
  draftOf({ id, prefill = "" }: Pick<Dialog, "id" | "prefill">): string {
    return this.#drafts.of(id) ?? prefill;
  }

  keepDraft({ id, prefill = "" }: Dialog, text: string): void {
    if (text !== this.draftOf({ id, prefill })) this.#drafts.keep(id, text);
  }

  answer(answer: DialogAnswer): void {
    const { shown } = this;
    if (!shown || this.sending || this.over !== "") return;
    if (!this.#isConnected) {
      this.problem = notConnected;
      pier.connection?.reconnectNow();
    } else if ("value" in answer && answer.value.length > limits.answer) {
      this.problem = `Too long: ${answer.value.length} characters, ${limits.answer} are the most.`;
    } else if (this.#view.attachment.answer(shown.id, answer)) {
      this.problem = "";
      this.sending = true;
      this.#sent.add(shown.id);
    }
  }

  get #open(): ReadonlyMap<string, Dialog> {
    return this.#view.transcript.ui.dialogs;
  }

  get #isConnected(): boolean {
    return this.#view.transcript.status === "live";
  }

  /** Looks at what is open now. */
  #update(closed?: Closed): void {
    const open = this.#open;
    this.count = open.size;
    if (this.shown && !open.has(this.shown.id)) this.#end(this.shown, closed);
    this.#forgetClosed();
    for (const id of this.#sent) if (!open.has(id)) this.#sent.delete(id);
    if (this.#isConnected && this.problem === notConnected) this.problem = "";
    if (!this.shown) this.#showNext();
  }

  /** The question that is shown is not open any more. */
  #end({ id }: Dialog, closed: Closed | undefined): void {
    const words = closedWords[closed?.id === id ? closed.reason : "gone"];
    if (!this.#sent.has(id) && this.over === "") {
      toasts.say(words);
      // What is being typed for it must not land where the keyboard goes next.
      if (this.typing.quietIn() > 0) this.over = words;
    }
    this.#whenQuiet(() => {
      if (this.shown?.id !== id) return;
      this.shown = null;
      this.#showNext();
    });
  }

  #forgetClosed(): void {
    if (this.#isConnected) this.#drafts.keepOnly((id) => this.#open.has(id) || id === this.shown?.id);
  }

  #showNext(): void {
    this.#forgetClosed();
    const [dialog] = this.#open.values();
    this.over = "";
    this.problem = "";
    this.armed = false;
    this.shown = dialog ?? null;
    this.sending = dialog !== undefined && this.#sent.has(dialog.id);
    if (dialog) this.#whenQuiet(() => (this.armed = true));
  }

  /** Does something as soon as the person does not type; at once when they do not. */
  #whenQuiet(step: () => void): void {
    clearTimeout(this.#timer);
    const wait = this.typing.quietIn();
    if (wait > 0) this.#timer = setTimeout(() => this.#whenQuiet(step), wait);
    else step();
  }

  /** The daemon may have refused the answer; it can be given again. */
  #onError(): void {
    if (this.#sent.size === 0) return;
    this.#sent.clear();
    this.sending = false;
    this.problem = "The answer was refused.";
  }
}

const notConnected = "Not connected: answer when the connection is back.";
