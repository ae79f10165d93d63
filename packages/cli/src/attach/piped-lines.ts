import type { Attachment } from "@pier/client";
import { promptAndSettle } from "../sessions/prompt-and-settle.ts";
import type { OpenDialogs } from "./open-dialogs.ts";

export interface PipedLinesOptions {
  attachment: Attachment;
  dialogs: OpenDialogs;
  leave: (failed: boolean) => void;
  fail: (error: unknown) => void;
}

/**
 * Lines that a program pipes: each is a prompt that waits for the turn of the one before, or the answer to a question
 * that came up meanwhile. When the last turn has ended, so has the work.
 */
export class PipedLines {
  readonly #options: PipedLinesOptions;
  readonly #lines: string[] = [];
  #busy = false;
  #ended = false;
  #any = false;
  #failed = false;

  constructor(options: PipedLinesOptions) {
    this.#options = options;
  }

  add(text: string): void {
    if (text.trim() === "") return;
    this.#any = true;
    this.#lines.push(text);
    this.pump();
  }

  /** No more lines come. Without any, what happens is shown until the session or the person ends it. */
  end(): void {
    this.#ended = true;
    this.pump();
  }

  /** Goes on with what waits, if its time has come. */
  pump(): void {
    const { dialogs, attachment, fail, leave } = this.#options;
    while (dialogs.current && this.#lines.length > 0) dialogs.take(this.#lines.shift() ?? "");
    if (dialogs.current && this.#ended && this.#any) {
      fail(new Error("A question is open and no line is left to answer it: `pier attach` in a terminal does."));
      return leave(true);
    }
    if (this.#busy) return;
    const next = this.#lines.shift();
    if (next === undefined) {
      if (this.#ended && this.#any) leave(this.#failed);
      return;
    }
    this.#busy = true;
    promptAndSettle(attachment, next)
      .then(
        ({ error }) => {
          this.#failed = error !== null;
        },
        (error: unknown) => {
          this.#failed = true;
          fail(error);
        },
      )
      .finally(() => {
        this.#busy = false;
        this.pump();
      });
  }
}
