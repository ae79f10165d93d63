import { untrack } from "svelte";

/** A message that somebody wants to see, as the daemon's search names it. */
export interface WantedMessage {
  key: string;
  /** Names the page of the history that ends with it; the last one without it. */
  before: string | undefined;
  /** What was looked for. */
  query: string;
}

/** The message that is to be shown in a session, whether that is on the screen yet or not. */
class WantedMessages {
  #wanted = $state.raw<{ session: string; message: WantedMessage } | null>(null);

  leave(session: string, message: WantedMessage): void {
    this.#wanted = { session, message };
  }

  /** Takes what is wanted in a session, once; whoever reads it in an effect is told of the next. */
  take(session: string): WantedMessage | null {
    if (this.#wanted?.session !== session) return null;
    const { message } = this.#wanted;
    untrack(() => (this.#wanted = null));
    return message;
  }
}

export const wantedMessages = new WantedMessages();
