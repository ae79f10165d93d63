import { createSubscriber } from "svelte/reactivity";

/** Whether this page is in front, as components see it: not a tab behind others, not a phone that is put away. */
class Visibility {
  readonly #subscribe = createSubscriber((update) => {
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  });

  get isVisible(): boolean {
    this.#subscribe();
    return document.visibilityState === "visible";
  }
}

export const visibility = new Visibility();
