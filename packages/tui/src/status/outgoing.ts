/** Prompts that were sent and not accepted yet. */
export class Outgoing {
  readonly #waiting = new Map<object, string>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get texts(): readonly string[] {
    return [...this.#waiting.values()];
  }

  /** Shows a prompt as waiting until it is accepted or refused. */
  async track<T>(text: string, accepted: Promise<T>): Promise<T> {
    const key = {};
    this.#waiting.set(key, text);
    this.#onChange();
    try {
      return await accepted;
    } finally {
      this.#waiting.delete(key);
      this.#onChange();
    }
  }
}
