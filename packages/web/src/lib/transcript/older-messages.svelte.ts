import type { Window } from "@pier/protocol";
import type { SessionView } from "#lib/session/session-view.svelte.ts";
import { limits } from "./limits.ts";

/** Loads older pages when the first row comes near, one at a time. */
export class OlderMessages {
  readonly #view: SessionView;
  readonly #countRows: () => number;
  isLoading = $state(false);
  /** Why there are no more, although there would be. */
  error = $state("");
  /** Whether the last page showed nothing new: more of them are loaded when a person wants to go on. */
  #isFruitless = false;

  /** `countRows`: rows of the conversation, by which it is known whether a page shows anything. */
  constructor(view: SessionView, countRows: () => number) {
    this.#view = view;
    this.#countRows = countRows;
  }

  /** Whether there is anything before the first message that is here. */
  get hasMore(): boolean {
    void this.#view.itemChanges;
    return this.#view.transcript.hasOlder;
  }

  /** A person goes up and comes near the first row. */
  want(): void {
    if (!this.isLoading && this.error === "") void this.load();
  }

  /** What is here does not fill the view: loads a page, unless that was in vain before. */
  fill(): void {
    if (!this.isLoading && this.error === "" && !this.#isFruitless) void this.#load(1);
  }

  /** Loads pages until there is something to see. Resolves with whether there is. */
  load(): Promise<boolean> {
    return this.#load(limits.pagesAtOnce);
  }

  /** Loads one page, on the way to a message that is further up. Resolves with whether anything came, to be seen or not. */
  async loadOn(window: Window): Promise<boolean> {
    const { transcript } = this.#view;
    const held = transcript.items.length;
    await this.#load(1, window);
    return transcript.items.length > held;
  }

  async #load(pages: number, window?: Window): Promise<boolean> {
    const { transcript, attachment } = this.#view;
    if (!transcript.hasOlder || transcript.status !== "live") return false;
    const before = this.#countRows();
    this.isLoading = true;
    this.error = "";
    try {
      for (let page = 0; page < pages && this.#countRows() <= before; page++) {
        if ((await attachment.loadOlder(window)) === 0) break;
      }
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    } finally {
      this.isLoading = false;
    }
    this.#isFruitless = this.#countRows() <= before;
    return !this.#isFruitless;
  }
}
