import { isDeepStrictEqual } from "node:util";
import type { GitSummary } from "@pier/protocol";
import { gitLimits } from "../limits.ts";
import type { Clock } from "../session/clock.ts";

export interface GitSummariesOptions {
  read: (folder: string) => Promise<GitSummary | undefined>;
  clock: Clock;
  /** What is known of a folder changed. */
  onChange: (folder: string) => void;
}

interface Known {
  summary: GitSummary | undefined;
  /** Not read again before, ms. */
  nextAt: number;
  state: "rests" | "waits" | "reads";
  /** Asked for while it was read. */
  again: boolean;
  cancel?: () => void;
}

/**
 * Summaries of folders, one for all sessions of a folder. They are read when somebody asks for it, never waited for, few at
 * a time, and each folder after a pause; a repository that is slow to read is read less often.
 */
export class GitSummaries {
  readonly #options: GitSummariesOptions;
  readonly #known = new Map<string, Known>();
  readonly #queue = new Set<string>();
  #reading = 0;
  #isClosed = false;

  constructor(options: GitSummariesOptions) {
    this.#options = options;
  }

  /** What is known of a folder; undefined where there is no repository, or nobody asked yet. */
  of(folder: string): GitSummary | undefined {
    return this.#known.get(folder)?.summary;
  }

  /** Somebody wants to see a folder as it is: it is read soon. */
  look(folder: string): void {
    if (this.#isClosed) return;
    const known = this.#remember(folder);
    if (known.state === "reads") known.again = true;
    if (known.state !== "rests") return;
    known.state = "waits";
    const wait = known.nextAt - this.#options.clock.now();
    if (wait <= 0) this.#enqueue(folder);
    else known.cancel = this.#options.clock.after(wait, () => this.#enqueue(folder));
  }

  close(): void {
    this.#isClosed = true;
    for (const { cancel } of this.#known.values()) cancel?.();
    this.#queue.clear();
  }

  /** The one asked for longest ago makes room. */
  #remember(folder: string): Known {
    const known: Known = this.#known.get(folder) ?? { summary: undefined, nextAt: 0, state: "rests", again: false };
    this.#known.delete(folder);
    this.#known.set(folder, known);
    for (const [oldest, { state }] of this.#known) {
      if (this.#known.size <= gitLimits.summaries) break;
      if (state === "rests") this.#known.delete(oldest);
    }
    return known;
  }

  #enqueue(folder: string): void {
    this.#queue.add(folder);
    for (const next of this.#queue) {
      if (this.#reading >= gitLimits.summariesAtOnce) return;
      this.#queue.delete(next);
      void this.#read(next);
    }
  }

  async #read(folder: string): Promise<void> {
    const known = this.#remember(folder);
    const { clock, read, onChange } = this.#options;
    known.state = "reads";
    this.#reading++;
    const startedAt = clock.now();
    const summary = await read(folder).catch(() => undefined);
    this.#reading--;
    if (this.#isClosed) return;
    const took = clock.now() - startedAt;
    known.nextAt = clock.now() + Math.max(gitLimits.summaryInterval, took * gitLimits.summaryShare);
    known.state = "rests";
    const isNew = !isDeepStrictEqual(known.summary, summary);
    known.summary = summary;
    if (isNew) onChange(folder);
    if (known.again) {
      known.again = false;
      this.look(folder);
    }
    const [next] = this.#queue;
    if (next !== undefined) this.#enqueue(next);
  }
}
