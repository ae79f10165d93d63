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

  get hasNext(): boolean {
    return this.total !== null && this.offset + pageSize < this.total;
  }

  /** Fetches the page at `offset` of what a query finds; an earlier question is given up. */
  async load(query: string, offset = 0): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.isLoading = true;
    try {
      const words = query === "" ? {} : { query };
      const page = await pier.rest.listPage(
        { status: "closed", limit: pageSize, offset, ...words },
        { signal: asked.signal },
      );
      if (asked.signal.aborted) return;
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
