/** A question that the page itself asks before it does something, and what its buttons say. */
export interface Question {
  title: string;
  /** What will happen and what stays. */
  text: string;
  /** What the button that does it says. */
  yes: string;
  /** Whether something is lost by it. */
  isDangerous?: boolean;
}

/** The question on the screen, one at a time. `Ask.svelte` shows it. */
class Asking {
  question = $state.raw<Question | null>(null);
  #answer: ((yes: boolean) => void) | null = null;

  /** Asks, and resolves with whether the person said yes. A question that is open already is answered with no. */
  ask(question: Question): Promise<boolean> {
    this.answer(false);
    this.question = question;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  answer(yes: boolean): void {
    this.question = null;
    this.#answer?.(yes);
    this.#answer = null;
  }
}

export const asking = new Asking();
