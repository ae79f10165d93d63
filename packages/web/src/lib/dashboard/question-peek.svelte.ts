import { ClientError } from "@pier/client";
import type { Attachment } from "@pier/client";
import type { Dialog, DialogAnswer } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";

/** The question that a session waits with, fetched by attaching to it for as long as it is shown. */
export class QuestionPeek {
  dialog = $state.raw<Dialog | null>(null);
  #attachment: Attachment | null = null;

  /** Follows the session's dialogs until the returned function is called. */
  follow(session: string): () => void {
    const { connection } = pier;
    if (!connection) return () => {};
    try {
      this.#attachment = connection.attach(session, { window: { messages: 1 }, looking: false });
    } catch (error) {
      // It is shown elsewhere on this page, or too many are: the question can be answered in the session.
      if (error instanceof ClientError) return () => {};
      throw error;
    }
    const attachment = this.#attachment;
    // A session that is gone leaves the list as well.
    attachment.ready.catch(() => {});
    const show = (): void => {
      this.dialog = [...attachment.transcript.ui.dialogs.values()][0] ?? null;
    };
    const stop = attachment.subscribe(({ kind }) => (kind === "ui" || kind === "reset") && show());
    show();
    return () => {
      stop();
      attachment.detach();
      this.#attachment = null;
      this.dialog = null;
    };
  }

  answer(answer: DialogAnswer): void {
    if (this.dialog) this.#attachment?.answer(this.dialog.id, answer);
  }
}
