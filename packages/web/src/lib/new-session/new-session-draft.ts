/** A prompt on its way from one form into another. */
class Draft {
  #text = "";

  leave(text: string): void {
    this.#text = text;
  }

  /** Hands the text out once. */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}

export const draft = new Draft();
