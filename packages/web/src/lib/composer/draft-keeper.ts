import type { Composer } from "./composer.svelte.ts";
import { keepFiles, keepText, keptFiles, keptText } from "./drafts.ts";

/** Keeps what is being written in a session over reloads and other pages. */
export class DraftKeeper {
  readonly #composer: Pick<Composer, "text" | "attachments" | "view">;

  #isRestored = false;

  constructor(composer: Pick<Composer, "text" | "attachments" | "view">) {
    this.#composer = composer;
  }

  /** Brings back what was being written, unless something is written already. */
  restore(): void {
    const { id } = this.#composer.view;
    if (this.#composer.text === "") this.#composer.text = keptText(id);
    void keptFiles(id).then((files) => {
      this.#isRestored = true;
      if (this.#composer.attachments.list.length === 0) this.#composer.attachments.restore(files);
    });
  }

  keepText(text: string): void {
    keepText(this.#composer.view.id, text);
  }

  /** Keeps images and files; not before what was kept is back, for it would be forgotten. */
  keepFiles(): void {
    const { view, attachments } = this.#composer;
    if (!this.#isRestored) return;
    void keepFiles(view.id, {
      images: attachments.list.flatMap((each) => (each.kind === "image" ? [each.image] : [])),
      uploads: attachments.list.flatMap((each) => (each.kind === "file" && each.record ? [each.record] : [])),
    });
  }
}
