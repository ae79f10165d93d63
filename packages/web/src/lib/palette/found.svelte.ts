import type { FoundMessage } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";

/** ms of rest in typing before the daemon is asked. */
const rest = 200;

/** Messages of a session in which what is typed stands, as the daemon finds them. */
export class Found {
  query = $state("");
  matches = $state.raw<readonly FoundMessage[]>([]);
  /** Whether older ones may be there. */
  isMore = $state(false);
  state = $state<"empty" | "asking" | "there" | "failed">("empty");
  problem = $state("");
  readonly #session: string;
  #before: string | undefined;
  #asked = new AbortController();

  constructor(session: string) {
    this.#session = session;
  }

  /** Asks anew for each query, once typing rests; call it in an `$effect`. */
  follow(): () => void {
    const query = this.query.trim();
    this.#asked.abort();
    this.#before = undefined;
    this.matches = [];
    this.isMore = false;
    if (query === "") {
      this.state = "empty";
      return () => {};
    }
    this.state = "asking";
    const timer = setTimeout(() => void this.#ask(query), rest);
    return () => clearTimeout(timer);
  }

  /** Asks for older ones. */
  more(): Promise<void> {
    return this.#ask(this.query.trim());
  }

  async #ask(query: string): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    this.state = "asking";
    try {
      const { matches, truncated, before } = await pier.rest.search(this.#session, query, {
        signal: asked.signal,
        ...(this.#before !== undefined && { before: this.#before }),
      });
      this.matches = [...this.matches, ...matches];
      this.isMore = truncated && before !== undefined;
      this.#before = before;
      this.state = "there";
    } catch (error) {
      if (asked.signal.aborted) return;
      this.state = "failed";
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}
