import { Offers } from "#lib/ui/offers.svelte.ts";

/** What the page of a session can open for its parts. What nobody offers is not shown. */
export interface SessionActions {
  /** Opens the list of models; with what was typed behind `/model`, narrowed to that. */
  pickModel?: (filter?: string) => void;
  pickThinking?: () => void;
  /** Opens the tree of all branches. */
  showTree?: () => void;
  /** Opens the list of messages that one can fork from. */
  fork?: () => void;
  /** Opens tokens, cost and where the session is kept. */
  showStatistics?: () => void;
  /** Lets the person name the session. */
  rename?: () => void;
  /** Exports the conversation for this browser. */
  exportPage?: () => void;
  /** Lets the person look for words in the conversation. */
  find?: () => void;
  /** Whether words may stand where the browser's own search does not see them. */
  isMoreThanSeen?: () => boolean;
  /** Opens the list of keys and commands. */
  showHelp?: () => void;
}

/** The handlers of the session page that is shown. */
class OfferedActions {
  readonly #offers = new Offers<SessionActions>();

  /** Offers handlers until the returned function is called; call it in an `$effect`. Later ones come before earlier ones. */
  offer(actions: SessionActions): () => void {
    return this.#offers.offer(actions);
  }

  /** Everything that is offered now. */
  get current(): SessionActions {
    return Object.assign({}, ...this.#offers.all) as SessionActions;
  }
}

export const sessionActions = new OfferedActions();
