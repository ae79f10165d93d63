import type { SessionRecord } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";

const pageSize = 10;

/** A page of closed sessions, fetched from the daemon when it is asked for. */
export class Archive {
  sessions = $state.raw<readonly SessionRecord[]>([]);
  /** How many there are in all; null before the first answer. */
  total = $state<number | null>(null);
  offset = $state(0);
  problem = $state("");
  isLoading = $state(false);
  #asked: AbortController | null = null;
  /** What was asked for last, answered or not. */
  #wanted = { query: "", offset: 0 };

  get hasNext(): boolean {
    return this.total !== null && this.offset + pageSize < this.total;
  }

  /** Fetches a page of what a query finds, the same one again without `offset`; an earlier question is given up. */
  async load(query: string, offset = query === this.#wanted.query ? this.#wanted.offset : 0): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.#wanted = { query, offset };
    this.isLoading = true;
    try {
      const words = query === "" ? {} : { query };
      const page = await pier.rest.listPage(
        { status: "closed", limit: pageSize, offset, ...words },
        { signal: asked.signal },
      );
      if (asked.signal.aborted) return;
      // What stood on the last page may be gone.
      if (page.sessions.length === 0 && offset > 0) return await this.load(query, Math.max(0, offset - pageSize));
      this.sessions = page.sessions;
      this.total = page.total;
      this.offset = offset;
      this.problem = "";
    } catch (error) {
      if (asked.signal.aborted) return;
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.isLoading = false;
  }

  get pageSize(): number {
    return pageSize;
  }
}
