import type { Line } from "#lib/markdown/highlight/lines.ts";

/** The colours of a piece of code that a tool read, wrote or changed; what makes them comes with the first such piece. */
export class CodeColours {
  #found = $state.raw<{ code: string; lines: readonly Line[] } | null>(null);
  #asked = "";

  /** The lines of this code in colours; null while there are none. */
  linesOf(code: string): readonly Line[] | null {
    return this.#found?.code === code ? this.#found.lines : null;
  }

  /** Asks for the colours of code in a file with this name. */
  ask(code: string, file: string): void {
    const language = languageNameOf(file);
    const asked = `${language}\n${code}`;
    if (asked === this.#asked || language === "" || code === "") return;
    this.#asked = asked;
    void import("#lib/markdown/highlight/highlight.ts")
      .then(({ highlight }) => highlight(code, language))
      .then((lines) => {
        if (asked === this.#asked) this.#found = { code, lines };
      })
      // Without colours it is the same code.
      .catch(() => {});
  }
}

/** What of a file's name tells its language: its ending, or all of it as in `Makefile`. */
function languageNameOf(file: string): string {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return name.slice(name.lastIndexOf(".") + 1);
}
