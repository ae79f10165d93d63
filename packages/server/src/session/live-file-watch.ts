import { limits } from "../limits.ts";
import type { SessionFiles } from "./agent-process.ts";
import type { AgentRun } from "./agent-run.ts";
import type { Clock } from "./clock.ts";

export interface LiveFileWatchOptions {
  clock: Clock;
  files: Pick<SessionFiles, "size" | "savedPrompts">;
  run: () => AgentRun | undefined;
  /** Whether somebody is attached. */
  watched: () => boolean;
  tell: (problem: string) => void;
}

/**
 * Notices that another program writes the session file of a process of ours, or takes it away: pi keeps the conversation in
 * memory, and would go on beside it without a word.
 */
export class LiveFileWatch {
  readonly #options: LiveFileWatchOptions;
  #cancel: (() => void) | undefined;
  #run: AgentRun | undefined;
  #file: string | undefined;
  /** How much of the file is surely our own. */
  #checked: number | null = null;
  /** Our own pi writes to the file before it says so: what is strange must stay so for one more look. */
  #isStrange = false;
  #problem: string | null = null;

  constructor(options: LiveFileWatchOptions) {
    this.#options = options;
  }

  /** What is wrong with the file, in one sentence; null when nothing is known to be. */
  get problem(): string | null {
    return this.#options.run() === this.#run ? this.#problem : null;
  }

  /** Looks from now on, as long as somebody is attached. */
  begin(): void {
    this.#cancel ??= this.#options.clock.after(limits.fileCheck, () => this.#look());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #look(): void {
    this.#cancel = undefined;
    if (!this.#options.watched()) return;
    this.begin();
    const run = this.#options.run();
    const base = run?.fold.file;
    if (run !== this.#run || base?.path !== this.#file) this.#beginAnew(run);
    if (!run || base?.path == null || run.busy || this.#problem !== null) return;
    const found = this.#find(run, base.path);
    if (found !== null && this.#isStrange) {
      this.#problem = found;
      this.#options.tell(found);
    }
    this.#isStrange = found !== null;
  }

  #beginAnew(run: AgentRun | undefined): void {
    const base = run?.fold.file;
    this.#run = run;
    this.#file = base?.path ?? undefined;
    this.#checked = base && base.size > 0 ? base.size : null;
    this.#isStrange = false;
    this.#problem = null;
  }

  #find(run: AgentRun, file: string): string | null {
    const { files } = this.#options;
    const size = files.size(file);
    if (size === this.#checked) return null;
    // pi names the file before it writes it.
    if (size === null) return `The session file ${file} is gone: what was said before may be lost when pi ends.`;
    const saved = files.savedPrompts(file, 0, this.#checked ?? 0);
    if (saved.some(({ timestamp }) => timestamp !== null && !run.fold.userTimes.has(timestamp)))
      return `Another program goes on in the session file ${file}: what it adds is not shown, and pi here does not know of it. Close the session and resume it to go on from there.`;
    this.#checked = size;
    return null;
  }
}
