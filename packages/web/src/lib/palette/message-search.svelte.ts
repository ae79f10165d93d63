import type { RestClient } from "@pier/client";
import type { FoundMessage, SessionRecord } from "@pier/protocol";
import { paletteLimits as limits } from "./limits.ts";

/** A message in which something was found, and where it stands. */
export interface FoundInSession {
  session: SessionRecord;
  message: FoundMessage;
}

/**
 * Looks through every message of every session for a text: session by session, the last active one first, so that what was
 * found shows while the rest is looked through.
 */
export class MessageSearch {
  /** Those of the last active session first. */
  found = $state.raw<readonly FoundInSession[]>([]);
  isSearching = $state(false);
  /** Whether it takes so long that it is worth a word. */
  isSlow = $state(false);
  /** All that is looked through. */
  sessions = $state.raw<readonly SessionRecord[]>([]);
  /** Sessions looked through, and in all; null before it is known. */
  progress = $state.raw<{ done: number; of: number } | null>(null);
  /** Why there may be more than was found; empty otherwise. */
  rest = $state("");
  problem = $state("");
  readonly #rest: Pick<RestClient, "listPage" | "search">;
  #asked = new AbortController();

  constructor(rest: Pick<RestClient, "listPage" | "search">) {
    this.#rest = rest;
  }

  /** Looks for another text once whoever types it pauses; what was looked for before is given up. */
  want(query: string): void {
    this.stop();
    this.found = [];
    this.progress = null;
    [this.rest, this.problem] = ["", ""];
    if ([...query.trim()].length < limits.leastLetters) return;
    const { signal } = (this.#asked = new AbortController());
    this.isSearching = true;
    const slow = setTimeout(() => (this.isSlow = true), limits.quietSearch);
    const start = setTimeout(
      () => void this.#search(query.trim(), signal).finally(() => clearTimeout(slow)),
      limits.typingPause,
    );
    signal.addEventListener("abort", () => [slow, start].forEach((timer) => clearTimeout(timer)), { once: true });
  }

  /** Gives up. */
  stop(): void {
    this.#asked.abort();
    this.isSearching = false;
    this.isSlow = false;
  }

  async #search(query: string, signal: AbortSignal): Promise<void> {
    try {
      const { sessions, total } = await this.#rest.listPage({ limit: limits.searchedSessions }, { signal });
      this.sessions = sessions;
      this.progress = { done: 0, of: sessions.length };
      await this.#lookThrough(sessions, query, signal);
      if (signal.aborted) return;
      if (this.found.length >= limits.messages) this.rest = "These are the first: more words find fewer.";
      else if (total > sessions.length) this.rest = `Looked through the last ${sessions.length} of ${total} sessions.`;
    } catch (error) {
      if (signal.aborted) return;
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.isSearching = false;
    this.isSlow = false;
  }

  async #lookThrough(sessions: readonly SessionRecord[], query: string, signal: AbortSignal): Promise<void> {
    const found: FoundMessage[][] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < sessions.length && this.found.length < limits.messages && !signal.aborted) {
        const at = next++;
        const session = sessions[at] as SessionRecord;
        // Sessions without a message are many where one was only opened.
        const answer = await this.#rest
          .search(session.id, query, { limit: limits.messagesOfSession, signal })
          .catch(notGone);
        if (signal.aborted) return;
        found[at] = answer?.matches ?? [];
        this.progress = { done: (this.progress?.done ?? 0) + 1, of: sessions.length };
        if (found[at].length > 0) this.found = inOrder(sessions, found).slice(0, limits.messages);
      }
    };
    await Promise.all(Array.from({ length: limits.atOnce }, work));
  }
}

/** A session may be deleted, or its file be taken away, while others are looked through. */
function notGone(error: unknown): null {
  const { status } = error as { status?: number };
  if (status === 404 || status === 409) return null;
  throw error;
}

function inOrder(sessions: readonly SessionRecord[], found: readonly FoundMessage[][]): FoundInSession[] {
  return sessions.flatMap((session, at) => (found[at] ?? []).map((message) => ({ session, message })));
}
