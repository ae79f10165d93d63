import type { Component } from "svelte";

/** What shows Markdown. */
type Markdown = Component<{ text: string; streaming?: boolean }>;

/** Markdown comes in a file of its own, which is asked for at once: what is said can be read without it until then. */
class MarkdownPart {
  /** Null until it is here. */
  component = $state.raw<Markdown | null>(null);

  constructor() {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.component = (await import("#lib/markdown/Markdown.svelte")).default;
    } catch {
      // Between two versions of the daemon the file is another one; a page that is loaded again has it.
    }
  }
}

export const markdownPart = new MarkdownPart();
