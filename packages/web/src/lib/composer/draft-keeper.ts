import { toasts } from "#lib/ui/toasts.svelte.ts";
import type { Composer } from "./composer.svelte.ts";
import { keepFiles, keepText, keptFiles, keptText } from "./drafts.ts";

/** Keeps what is being written in a session over reloads and other pages. */
export class DraftKeeper {
  readonly #composer: Pick<Composer, "text" | "attachments" | "view">;

  #isRestored = false;
  /** What is kept as far as this page knows: another tab may have written since. */
  #kept = "";
  /** Whether it was said that the text is too long. */
  #isTooLong = false;

  constructor(composer: Pick<Composer, "text" | "attachments" | "view">) {
    this.#composer = composer;
  }

  /** Brings back what was being written, unless something is written already. */
  restore(): void {
    const { id } = this.#composer.view;
    this.#kept = keptText(id);
    if (this.#composer.text === "") this.#composer.text = this.#kept;
    void keptFiles(id).then((files) => {
      this.#isRestored = true;
      if (this.#composer.attachments.list.length === 0) this.#composer.attachments.restore(files);
    });
  }

  /** Keeps what was written here; what another tab wrote meanwhile stays when nothing was. */
  keepText(text: string): void {
    if (text === this.#kept) return;
    this.#kept = text;
    const isTooLong = !keepText(this.#composer.view.id, text);
    if (isTooLong && !this.#isTooLong) {
      toasts.say("This text is too long to be kept: it would be gone when the page is reloaded or closed.");
    }
    this.#isTooLong = isTooLong;
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
