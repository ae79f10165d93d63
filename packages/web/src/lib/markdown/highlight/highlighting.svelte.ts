import { highlight } from "./highlight.ts";
import { languageOf } from "./languages.ts";
import type { Line } from "./lines.ts";

/** The colours of one block of code, once they are there. */
export class Highlighting {
  #found = $state.raw<{ code: string; lines: readonly Line[] } | null>(null);
  #asked = "";

  /** The lines of this code; null while it has no colours. */
  linesOf(code: string): readonly Line[] | null {
    return this.#found?.code === code ? this.#found.lines : null;
  }

  ask(code: string, language: string): void {
    const asked = `${language}\n${code}`;
    if (asked === this.#asked || languageOf(language) === null) return;
    this.#asked = asked;
    void highlight(code, language).then((lines) => {
      if (asked === this.#asked) this.#found = { code, lines };
    });
  }
}
