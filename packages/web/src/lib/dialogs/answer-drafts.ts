const prefix = "pier-answers:";

/** What was typed for the questions of a session so far: it stays whatever comes between, also over a reload. */
export class AnswerDrafts {
  readonly #key: string;
  readonly #texts: Map<string, string>;

  constructor(session: string) {
    this.#key = prefix + session;
    this.#texts = new Map(Object.entries(read(this.#key)));
  }

  of(question: string): string | undefined {
    return this.#texts.get(question);
  }

  keep(question: string, text: string): void {
    if (this.#texts.get(question) === text) return;
    this.#texts.set(question, text);
    this.#write();
  }

  /** Forgets what was typed for other questions than these. */
  keepOnly(isWanted: (question: string) => boolean): void {
    const over = [...this.#texts.keys()].filter((question) => !isWanted(question));
    if (over.length === 0) return;
    for (const question of over) this.#texts.delete(question);
    this.#write();
  }

  #write(): void {
    try {
      if (this.#texts.size === 0) sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, JSON.stringify(Object.fromEntries(this.#texts)));
    } catch {
      // No room, or a browser that keeps nothing: it stays on the page.
    }
  }
}

function read(key: string): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
