import { pier } from "#lib/pier/pier.svelte.ts";

/** ms that somebody may still be typing. */
const patience = 60;

/** Folders that a typed path could become. */
export class FolderCompletion {
  list = $state.raw<readonly string[]>([]);
  /** What was typed when `list` was asked for. */
  #for = $state("");

  /** Asks for what was typed, until the returned function is called. */
  follow(typed: string): () => void {
    const asked = new AbortController();
    const timer = setTimeout(() => void this.#ask(typed, asked.signal), patience);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }

  /** The rest of the likeliest folder behind what is typed now. */
  rest(typed: string): string {
    const found = this.list.find((folder) => folder.startsWith(typed) && folder !== typed);
    return typed !== "" && found !== undefined && typed.startsWith(this.#for) ? found.slice(typed.length) : "";
  }

  clear(): void {
    this.list = [];
  }

  async #ask(typed: string, signal: AbortSignal): Promise<void> {
    try {
      const { directories } = await pier.rest.completeFolder(typed, { signal });
      this.list = directories.filter((folder) => folder !== typed);
      this.#for = typed;
    } catch {
      // Completion is a help: what is wrong with the folder is said when the session starts.
      if (!signal.aborted) this.list = [];
    }
  }
}
