import { Offers } from "#lib/ui/offers.svelte.ts";

/** Something a person can do now, by menu, palette or key. */
export interface Action {
  id: string;
  title: string;
  /** Without its `i-`. */
  icon: string;
  /** One key, or `g d` for two in a row (`lib/keyboard/chord.ts`). Typed text never counts. */
  key?: string;
  /** Another key for the same. */
  also?: string;
  /** Whether one of its keys is wanted at this moment; otherwise that does what it does without it. */
  isWanted?: (chord: string) => boolean;
  /** Whether a key that is held goes on. */
  repeats?: boolean;
  /** Where it stands: in the menu of the session, only in palette and shortcuts, or only among the shortcuts. */
  place: "session" | "everywhere" | "keys";
  /** Under which heading the shortcuts list it. */
  group: "Everywhere" | "This page" | "Conversation";
  /** Whether a line divides it from what stands above. */
  isApart?: boolean;
  run: () => void;
}

/** What can be done on the page as it stands: each part offers its own. */
class Actions {
  readonly #offers = new Offers<readonly Action[]>();

  /** Offers actions until the returned function is called; call it in an `$effect`. */
  offer(list: readonly Action[]): () => void {
    return this.#offers.offer(list);
  }

  get list(): readonly Action[] {
    return this.#offers.all.flat();
  }
}

export const actions = new Actions();
