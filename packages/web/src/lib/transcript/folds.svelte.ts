import { SvelteMap } from "svelte/reactivity";

/** What a person opened and closed in this page, by the row's key; whatever they left alone goes by its own rule. */
export class Folds {
  readonly #open = new SvelteMap<string, boolean>();

  isOpen(key: string, otherwise: boolean): boolean {
    return this.#open.get(key) ?? otherwise;
  }

  set(key: string, isOpen: boolean): void {
    this.#open.set(key, isOpen);
  }
}
