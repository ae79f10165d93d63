import { joinTexts } from "@pier/client";
import { toasts } from "#lib/ui/toasts.svelte.ts";
import type { Composer } from "./composer.svelte.ts";
import { keepFiles, keepSent, keepText, keptFiles, keptSent, keptText } from "./drafts.ts";
import type { SentPrompt } from "./outbox.svelte.ts";
import { notArrived, type Unconfirmed } from "./unconfirmed.ts";

/** Keeps what is being written in a session over reloads and other pages. */
export class DraftKeeper {
  readonly #composer: Pick<Composer, "text" | "attachments" | "view">;

  #isRestored = false;
  /** Whether images or files are kept for what is written here. */
  #hasFiles = false;
  /** What is kept as far as this page knows: another tab may have written since. */
  #kept = "";
  #keptSent = "";
  /** The draft that was restored. */
  #typed = "";
  /** What was sent before the page went and came back into the text, for it did not arrive. */
  #returned: readonly Unconfirmed[] = [];
  /** Whether it was said that the text is too long. */
  #isTooLong = false;

  constructor(composer: Pick<Composer, "text" | "attachments" | "view">) {
    this.#composer = composer;
  }

  /** Brings back what was being written, unless something is written already. Resolves when its images and files are back. */
  async restore(): Promise<void> {
    const { id } = this.#composer.view;
    this.#kept = keptText(id);
    this.#typed = this.#kept;
    const sent = keptSent(id);
    this.#keptSent = JSON.stringify(sent);
    if (this.#composer.text === "") {
      this.#returned = notArrived(sent, this.#composer.view.transcript);
      this.#composer.text = this.#textWith(this.#returned);
    }
    const files = await keptFiles(id);
    this.#isRestored = true;
    const carried = [...files.sent.filter(({ text }) => this.#returned.some((each) => each.text === text)), files];
    const [images, uploads] = [carried.flatMap((each) => each.images), carried.flatMap((each) => each.uploads)];
    this.#hasFiles = images.length + uploads.length + files.sent.length > 0;
    if (this.#composer.attachments.list.length === 0) this.#composer.attachments.restore({ images, uploads });
  }

  /** The transcript changed: what arrives after all leaves the text again, unless somebody wrote on. */
  update(): void {
    if (this.#returned.length === 0) return;
    const { text, attachments } = this.#composer;
    const isUntouched = text === this.#textWith(this.#returned) && attachments.list.length === 0;
    this.#returned = isUntouched ? notArrived(this.#returned, this.#composer.view.transcript) : [];
    if (isUntouched) this.#composer.text = this.#textWith(this.#returned);
  }

  /** Keeps what was sent and may not have arrived. */
  keepSent(sent: readonly Unconfirmed[]): void {
    const list = notArrived(sent, this.#composer.view.transcript).map(({ text, after }) => ({ text, after }));
    const written = JSON.stringify(list);
    if (written === this.#keptSent) return;
    this.#keptSent = written;
    keepSent(this.#composer.view.id, list);
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
  keepFiles(unconfirmed: readonly SentPrompt[]): void {
    const { view, attachments } = this.#composer;
    if (!this.#isRestored) return;
    const sent = unconfirmed.filter(({ images, uploads }) => images.length + uploads.length > 0);
    const hadFiles = this.#hasFiles;
    this.#hasFiles = attachments.list.length + sent.length > 0;
    // Those that another tab kept stay when there were none here.
    if (!hadFiles && !this.#hasFiles) return;
    void keepFiles(view.id, {
      images: attachments.list.flatMap((each) => (each.kind === "image" ? [each.image] : [])),
      uploads: attachments.list.flatMap((each) => (each.kind === "file" && each.record ? [each.record] : [])),
      sent,
    });
  }

  #textWith(returned: readonly Unconfirmed[]): string {
    return joinTexts(
      returned.map(({ text }) => text),
      this.#typed,
    );
  }
}
