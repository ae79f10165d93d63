import { defaultAnswer, type Dialog, type DialogAnswer, PierError } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { AgentRun } from "./agent-run.ts";
import type { Clock } from "./clock.ts";
import { DialogTimeouts } from "./dialog-timeouts.ts";
import { noteLine } from "./notes.ts";
import type { RowKeeper } from "./row-keeper.ts";

export interface DialogDeskOptions {
  clock: Clock;
  keeper: RowKeeper;
  /** ms a dialog waits while nobody sees it. */
  unseenTimeout: number;
  seen: () => boolean;
  run: () => AgentRun | undefined;
  onClosed: (id: string, reason: "answered" | "expired") => void;
  onError: (error: unknown) => void;
}

/** Carries answers of dialogs to pi: the first one wins, and none is lost between two daemons. */
export class DialogDesk {
  readonly #options: DialogDeskOptions;
  readonly #timeouts: DialogTimeouts;

  constructor(options: DialogDeskOptions) {
    this.#options = options;
    const { clock, unseenTimeout, seen } = options;
    this.#timeouts = new DialogTimeouts({
      clock,
      unseenTimeout,
      seen,
      onExpired: (id, answer) => this.#close(id, answer, "expired"),
    });
  }

  raised(dialog: Dialog): void {
    this.#timeouts.raised(dialog);
    this.#options.keeper.onQuestion(dialog.title);
  }

  /** @throws PierError `DIALOG_NOT_FOUND`; `BAD_REQUEST` for what answers no dialog of its kind, after which it is still open */
  answer(id: string, answer: DialogAnswer): void {
    const dialog = this.#options.run()?.fold.ui.dialogs.get(id);
    if (!dialog) throw new PierError("DIALOG_NOT_FOUND", "The dialog was answered already, expired, or never existed.");
    const problem = problemOf(dialog, answer);
    if (problem !== undefined) throw new PierError("BAD_REQUEST", problem);
    this.#close(id, answer, "answered");
  }

  cancelAll(): void {
    for (const id of this.#options.run()?.fold.ui.dialogs.keys() ?? [])
      this.#close(id, { cancelled: true }, "answered");
  }

  /** A dialog is gone without an answer from here. */
  closed(id: string): void {
    this.#timeouts.closed(id);
  }

  /** A dialog was given up because too many are open: pi goes on as if nobody were there. */
  dropped(dialog: Dialog): void {
    this.#settle(dialog.id, defaultAnswer(dialog.method), "expired");
  }

  closeAll(): void {
    this.#timeouts.closeAll();
  }

  viewersChanged(): void {
    this.#timeouts.viewersChanged();
  }

  /** @param answer what to tell pi; null when it goes on by itself */
  #close(id: string, answer: DialogAnswer | null, reason: "answered" | "expired"): void {
    if (this.#options.run()?.fold.ui.dialogs.delete(id)) this.#settle(id, answer, reason);
  }

  #settle(id: string, answer: DialogAnswer | null, reason: "answered" | "expired"): void {
    const run = this.#options.run();
    if (!run) return;
    this.#timeouts.closed(id);
    const response = answer ? `${JSON.stringify({ type: "extension_ui_response", id, ...answer })}\n` : "";
    // The note follows the answer in one piece, so that a later daemon knows whether pi got it.
    run
      .write(`${response}${noteLine({ note: "dialog", id })}\n`, limits.atomicWrite)
      .catch((error: unknown) => this.#options.onError(error));
    if (run.fold.ui.dialogs.size === 0) this.#options.keeper.onAnswered();
    this.#options.onClosed(id, reason);
  }
}

/** Why an answer is none to a dialog; the extension relies on getting what it asked for. */
function problemOf({ method, options }: Dialog, answer: DialogAnswer): string | undefined {
  if ("cancelled" in answer) return undefined;
  if (method === "confirm") {
    return "confirmed" in answer
      ? undefined
      : "A confirm dialog is answered with confirmed, true or false, or cancelled.";
  }
  if (!("value" in answer)) return `A dialog of the method ${method} is answered with a value, or cancelled.`;
  if (method !== "select" || !options || options.includes(answer.value)) return undefined;
  return "The value is none of the dialog's options: use one of them as it stands there.";
}
