import { untrack } from "svelte";

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
  #offered = $state.raw<readonly SessionActions[]>([]);

  /** Offers handlers until the returned function is called; call it in an `$effect`. Later ones come before earlier ones. */
  offer(actions: SessionActions): () => void {
    // An effect that offers must not begin anew with every offer.
    untrack(() => (this.#offered = [...this.#offered, actions]));
    return () => {
      this.#offered = this.#offered.filter((each) => each !== actions);
    };
  }

  /** Everything that is offered now. */
  get current(): SessionActions {
    return Object.assign({}, ...this.#offered) as SessionActions;
  }
}

export const sessionActions = new OfferedActions();
