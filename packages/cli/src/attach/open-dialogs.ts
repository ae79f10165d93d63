import type { Attachment } from "@pier/client";
import type { Dialog, DialogAnswer } from "@pier/protocol";
import { type Chunk, line } from "./render/chunk.ts";
import { type Answering, dialogChunks, takeLine } from "./render/dialog.ts";

type ClosedReason = "answered" | "expired" | "gone";

export interface OpenDialogsEvents {
  show(chunks: readonly Chunk[]): void;
  /** Another question, or none, is to be answered now. */
  onCurrent(dialog: Dialog | null): void;
}

/** The questions of a session, put to the person one after the other. */
export class OpenDialogs {
  readonly #attachment: Attachment;
  readonly #events: OpenDialogsEvents;
  /** Answered here; open until the daemon says otherwise. */
  readonly #answered = new Set<string>();
  #current: Dialog | null = null;
  #lines: string[] = [];

  constructor(attachment: Attachment, events: OpenDialogsEvents) {
    this.#attachment = attachment;
    this.#events = events;
  }

  get current(): Dialog | null {
    return this.#current;
  }

  /** Looks at what is open now. */
  update(closed?: { id: string; reason: ClosedReason }): void {
    const open = this.#attachment.transcript.ui.dialogs;
    const before = this.#current;
    if (before && !open.has(before.id)) {
      this.#events.show([line(`  ${withdrawn[closed?.id === before.id ? closed.reason : "gone"]}`, "dim")]);
      this.#current = null;
    }
    for (const id of this.#answered) if (!open.has(id)) this.#answered.delete(id);
    if (this.#current) return;
    this.#current = [...open.values()].find(({ id }) => !this.#answered.has(id)) ?? null;
    this.#lines = [];
    if (this.#current) this.#events.show(dialogChunks(this.#current));
    if (this.#current !== before) this.#events.onCurrent(this.#current);
  }

  /** Takes a line of the person for the present question. */
  take(text: string): void {
    for (const part of this.#current?.method === "editor" ? text.split("\n") : [text]) this.#takeLine(part);
  }

  /** Answers the present question with nothing. Returns whether there was one. */
  cancel(): boolean {
    if (!this.#current) return false;
    this.#answer({ cancelled: true });
    return true;
  }

  #takeLine(text: string): void {
    const dialog = this.#current;
    if (!dialog) return;
    const taken: Answering = takeLine(dialog, text, this.#lines);
    if ("problem" in taken) this.#events.show([line(`  ${taken.problem}`, "warning")]);
    else if ("more" in taken) {
      this.#lines.push(text);
      this.#events.show([line(`  │ ${text}`)]);
    } else this.#answer(taken.answer);
  }

  #answer(answer: DialogAnswer): void {
    const dialog = this.#current;
    if (!dialog) return;
    this.#answered.add(dialog.id);
    this.#current = null;
    const taken = this.#attachment.answer(dialog.id, answer);
    this.#events.show([line(`  ${taken ? `→ ${answerText(answer)}` : withdrawn.answered}`, "dim")]);
    this.update();
    if (!this.#current) this.#events.onCurrent(null);
  }
}

const withdrawn: Record<ClosedReason, string> = {
  answered: "Answered elsewhere.",
  expired: "Nobody answered in time: the default was taken.",
  gone: "The question was withdrawn.",
};

function answerText(answer: DialogAnswer): string {
  if ("value" in answer) return answer.value.split("\n", 1)[0] + (answer.value.includes("\n") ? " …" : "");
  if ("confirmed" in answer) return answer.confirmed ? "yes" : "no";
  return "cancelled";
}
