import { promptsOf } from "@pier/client";
import type { TranscriptItem } from "@pier/protocol";

/** The person's own prompts, as the arrow keys bring them back; what was being written waits at the end. */
export class PromptMemory {
  /** What was typed here and left no message: commands. */
  readonly #typed: string[] = [];
  #entries: readonly string[] = [];
  /** Which one is shown; the number of entries while none is. */
  #at = 0;
  #draft = "";
  #shown: string | null = null;

  remember(text: string): void {
    this.#shown = null;
    const known = this.#typed.indexOf(text);
    if (known !== -1) this.#typed.splice(known, 1);
    this.#typed.push(text);
  }

  /** Whether a text is one that was brought back and not changed since. */
  isShown(text: string): boolean {
    return this.#shown === text;
  }

  /** The one before or after what is shown; null at the ends. */
  step(direction: -1 | 1, text: string, items: readonly TranscriptItem[]): string | null {
    if (this.#shown !== text) {
      if (direction === 1) return null;
      this.#draft = text;
      const said = promptsOf(items);
      this.#entries = [...said.filter((prompt) => !this.#typed.includes(prompt)), ...this.#typed];
      this.#at = this.#entries.length;
    }
    const next = this.#at + direction;
    if (next < 0 || next > this.#entries.length) return null;
    this.#at = next;
    this.#shown = this.#entries[next] ?? this.#draft;
    if (next === this.#entries.length) {
      this.#shown = null;
      return this.#draft;
    }
    return this.#shown;
  }
}
