import type { SessionView } from "#lib/session/session-view.svelte.ts";

/** Loads older pages when the first row comes near, one at a time. */
export class OlderMessages {
  readonly #view: SessionView;
  isLoading = $state(false);
  /** Why there are no more, although there would be. */
  error = $state("");

  constructor(view: SessionView) {
    this.#view = view;
  }

  /** Whether there is anything before the first message that is here. */
  get hasMore(): boolean {
    void this.#view.itemChanges;
    return this.#view.transcript.hasOlder;
  }

  /** Loads a page unless one is on its way. */
  want(): void {
    if (!this.isLoading && this.error === "") void this.load();
  }

  /** Loads a page. Resolves with whether anything came. */
  async load(): Promise<boolean> {
    const { transcript, attachment } = this.#view;
    if (!transcript.hasOlder || transcript.status !== "live") return false;
    this.isLoading = true;
    this.error = "";
    try {
      return (await attachment.loadOlder()) > 0;
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      this.isLoading = false;
    }
  }
}
