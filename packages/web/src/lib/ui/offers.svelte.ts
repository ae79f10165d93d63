import { untrack } from "svelte";

/** What parts of the page offer to others while they are on the screen, in the order in which they came. */
export class Offers<T> {
  // What is true is kept beside the state: an effect that is taken down reads what the state was before.
  #held: readonly T[] = [];
  #all = $state.raw<readonly T[]>([]);

  /** Offers something until the returned function is called; call it in an `$effect`. */
  offer(what: T): () => void {
    this.#set([...this.#held, what]);
    return () => this.#set(this.#held.filter((each) => each !== what));
  }

  get all(): readonly T[] {
    return this.#all;
  }

  #set(all: readonly T[]): void {
    this.#held = all;
    // An effect that offers must not begin anew with every offer.
    untrack(() => (this.#all = all));
  }
}
