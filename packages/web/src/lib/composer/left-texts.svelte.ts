import { untrack } from "svelte";

/** Texts that other parts of the page leave for the composers of sessions, whether those are on the screen yet or not. */
class LeftTexts {
  #texts = $state.raw<Readonly<Record<string, string>>>({});

  leave(session: string, text: string): void {
    this.#texts = { ...this.#texts, [session]: text };
  }

  /** Takes what was left for a session, once; whoever reads it in an effect is told of the next. Empty when there is nothing. */
  take(session: string): string {
    const { [session]: text = "", ...others } = this.#texts;
    if (text !== "") untrack(() => (this.#texts = others));
    return text;
  }
}

export const leftTexts = new LeftTexts();
