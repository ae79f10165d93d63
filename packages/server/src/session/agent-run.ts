import { PierError } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { AgentProcess, ExitInfo, SessionFiles } from "./agent-process.ts";
import type { Clock } from "./clock.ts";
import { exitSentence, lateSentence } from "./exit-sentence.ts";
import type { Folded, JournalFold } from "./journal-fold.ts";
import type { JournalRecord } from "./journal-record.ts";
import { noteLine } from "./notes.ts";
import { readItem } from "./read-item.ts";

export interface RunListener {
  /** A record was folded. Not called for records that an earlier daemon saw. */
  onFolded(folded: Folded): void;
  /** A reply that an earlier daemon may not have passed on. */
  onOldReply(folded: Folded): void;
  onPause(): void;
  onGarbage(bytes: number): void;
  /** A record could not be taken; what follows it can. */
  onError(error: unknown): void;
  /** As of JournalListener. */
  rest(): number;
  /**
   * Another conversation takes the place of this one, or its messages have other names: clients attach again. Called before
   * any record of what follows.
   */
  onRebased(reason: "switched" | "settled" | "trimmed"): void;
}

export interface AgentRunOptions {
  process: AgentProcess;
  fold: JournalFold;
  files: SessionFiles;
  clock: Clock;
  listener: RunListener;
  /** An id for a `get_state` of the daemon. */
  stateId(): string;
}

interface Waiter {
  done(folded: Folded): boolean;
  resolve(): void;
  reject(error: Error): void;
}

/**
 * One pi process with the fold of its journal: brings both to a known point, keeps commands back while another
 * conversation takes over, and trims the journal.
 */
export class AgentRun {
  readonly process: AgentProcess;
  readonly fold: JournalFold;
  readonly #options: AgentRunOptions;
  #waiters: Waiter[] = [];
  /** Resolves while commands may be written; replaced while the conversation changes. */
  #open: Promise<void> = Promise.resolve();
  #catchingUp = false;
  #trimming = false;
  #ended: PierError | undefined;

  constructor(options: AgentRunOptions) {
    this.#options = options;
    this.process = options.process;
    this.fold = options.fold;
  }

  get epoch(): string {
    return this.process.epoch;
  }

  /**
   * Follows a new process until it answers.
   *
   * @throws PierError `SESSION_START_FAILED`
   */
  async begin(): Promise<void> {
    await this.#follow(this.process.journalStart());
    await this.#withinStart(this.#settleBase());
  }

  /** Folds what an earlier daemon saw of a process. `onCaughtUp` is called before the process is asked anything. */
  async recover(onCaughtUp: () => void): Promise<void> {
    this.#catchingUp = true;
    await this.#follow(this.process.journalStart());
    this.#catchingUp = false;
    onCaughtUp();
    this.#open = this.#settleRecovered();
    await this.#open;
  }

  /** Waits until commands may be written. @throws PierError `PI_EXITED` */
  async whenOpen(): Promise<void> {
    for (let open = this.#open; ; open = this.#open) {
      await open;
      if (open === this.#open) break;
    }
    if (this.#ended) throw this.#ended;
  }

  /** @throws PierError `PI_EXITED` */
  async write(lines: string, atomicTail?: number): Promise<void> {
    if (this.#ended) throw this.#ended;
    await this.process.write(lines, atomicTail);
  }

  /** Asks pi for its state and waits for the reply, which is an event for everyone. @throws PierError `PI_EXITED` */
  async askState(): Promise<void> {
    const id = this.#options.stateId();
    const answered = this.#waitFor((folded) => folded.reply?.id === id);
    await Promise.all([answered, this.write(`${JSON.stringify({ id, type: "get_state" })}\n`)]);
  }

  /** The process is gone: nothing that waits for it will come. */
  end(exit: ExitInfo): void {
    this.#ended = new PierError("PI_EXITED", exitSentence(exit));
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(this.#ended);
  }

  /** At the end of a turn: frees journal that the session file holds as well. */
  async trimIfLarge(): Promise<void> {
    const { fold, process } = this;
    if (this.#trimming || this.#inFlight() || fold.seq - process.journalStart() < limits.journal) return;
    const path = fold.live.pi?.sessionFile ?? fold.file?.path ?? null;
    const size = path === null ? null : this.#options.files.size(path);
    // Only when the session file surely holds what the journal holds.
    if (path === null || size === null) return;
    this.#trimming = true;
    try {
      // Looked at after the file: whatever came to the file since is still to come in the journal.
      if ((await process.journalSize()) !== fold.seq || this.#inFlight() || !this.#fileHoldsAll(path, size)) return;
      const { statuses, widgets, title } = fold.ui;
      const from = fold.seq;
      const ui = { statuses: Object.fromEntries(statuses), widgets: Object.fromEntries(widgets), title };
      await this.#writeBase({ file: path, size, since: from, ui });
      await process.trim(from);
    } finally {
      this.#trimming = false;
    }
  }

  /** Whether a turn or a direct shell command is under way. */
  get busy(): boolean {
    return this.fold.live.running || this.fold.live.bash.size > 0;
  }

  /** Waits until nothing is under way. @throws PierError `PI_EXITED` */
  async whenIdle(): Promise<void> {
    if (this.busy) await this.#waitFor(() => !this.busy);
  }

  /** Whether the journal holds something in flight, which a trimmed one would forget. */
  #inFlight(): boolean {
    const { live, ui, file } = this.fold;
    const working = live.running || live.message || live.bash.size > 0 || live.tools.size > 0;
    const waiting = live.compaction || live.retry || live.queue.steering.length + live.queue.followUp.length > 0;
    return Boolean(working || waiting) || ui.dialogs.size > 0 || file === undefined;
  }

  #fileHoldsAll(path: string, size: number): boolean {
    const { items, turnStart } = this.fold;
    // A direct shell command that ended during a turn comes to the file later, with some versions only with the next prompt.
    for (
      let at = 0, item = items.fromEnd(0);
      item?.source === "journal" && item.start > turnStart;
      item = items.fromEnd(++at)
    ) {
      if (item.command) return false;
    }
    return this.#fileHoldsLast(path, size);
  }

  #fileHoldsLast(path: string, size: number): boolean {
    const last = this.fold.items.fromEnd(0);
    if (!last || last.source === "file") return true;
    const saved = this.#options.files.open(path, size).fromEnd(0);
    const sources = {
      files: this.#options.files,
      file: path,
      readJournal: (a: number, b: number) => this.process.readText(a, b),
    };
    return saved !== undefined && readItem(saved, sources).text === readItem(last, sources).text;
  }

  async #follow(from: number): Promise<void> {
    const { listener } = this.#options;
    await this.process.follow(from, {
      onRecord: (record) => {
        try {
          this.#take(record);
        } catch (error) {
          // One record that makes no sense must not be the last that is read.
          listener.onError(error);
        }
      },
      onPause: () => listener.onPause(),
      onGarbage: (bytes) => listener.onGarbage(bytes),
      rest: () => (this.#catchingUp || this.#waiters.length > 0 ? 0 : listener.rest()),
    });
  }

  #take(record: JournalRecord): void {
    const { listener } = this.#options;
    const known = this.fold.file !== undefined;
    const folded = this.fold.apply(record);
    if (!this.#catchingUp) listener.onFolded(folded);
    else if (folded.reply) listener.onOldReply(folded);
    if (!this.#catchingUp) this.#tellRebased(folded, known);
    this.#wake(folded);
    if (folded.switched && !this.#catchingUp) this.#switch();
  }

  /** @param known whether the conversation's file was known before the record */
  #tellRebased(folded: Folded, known: boolean): void {
    if (folded.switched) this.#options.listener.onRebased("switched");
    // Who attached while the new conversation was not known yet saw a part of it at best.
    else if (folded.note?.note === "base") this.#options.listener.onRebased(known ? "trimmed" : "settled");
  }

  #wake(folded: Folded): void {
    if (this.#waiters.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => {
      const done = waiter.done(folded);
      if (done) waiter.resolve();
      return !done;
    });
  }

  #waitFor(done: (folded: Folded) => boolean): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => this.#waiters.push({ done, resolve, reject }));
  }

  #switch(): void {
    const settled = this.#settleBase();
    this.#open = settled;
    // Whoever waits for the gate gets the error; without anybody it must not be unhandled.
    settled.catch(() => {});
  }

  /** Ends a command that an earlier daemon may have torn, and waits until all that it wrote was read. */
  async #settleRecovered(): Promise<void> {
    const id = this.#options.stateId();
    const read = this.#waitFor((folded) => folded.note?.note === "barrier" && folded.note.id === id);
    await Promise.all([read, this.write(`\n${noteLine({ note: "barrier", id })}\n`)]);
    if (this.fold.file === undefined) await this.#settleBase();
    else void this.askState().catch(() => {});
  }

  /** Finds out which session file pi writes and notes it in the journal, with what it held before this process. */
  async #settleBase(): Promise<void> {
    const { fold } = this;
    const { since } = fold;
    await this.askState();
    const file = fold.live.pi?.sessionFile ?? null;
    await this.#writeBase({ file, ...this.#baseOf(file, since) });
  }

  /** How much of the session file was there before this conversation went on, and from where the journal counts. */
  #baseOf(file: string | null, since: number): { size: number; since: number } {
    const { startedFrom } = this.process;
    if (file === null) return { size: 0, since };
    const now = this.#options.files.size(file) ?? 0;
    if (since !== this.process.journalStart()) return { size: now, since };
    if (startedFrom.file !== file) return { size: 0, since };
    // A file that was rewritten is counted as it is now, with all that the journal finished so far.
    return startedFrom.size === null ? { size: now, since: this.fold.seq } : { size: startedFrom.size, since };
  }

  async #writeBase(base: { file: string | null; size: number; since: number; ui?: object }): Promise<void> {
    const noted = this.#waitFor((folded) => folded.note?.note === "base");
    const line = noteLine({ note: "base", ...base } as Parameters<typeof noteLine>[0]);
    await Promise.all([noted, this.write(`${line}\n`)]);
  }

  async #withinStart(work: Promise<void>): Promise<void> {
    let cancel = (): void => {};
    const late = new Promise<never>((_, reject) => {
      cancel = this.#options.clock.after(limits.start, () => {
        const told = this.process.stderr().then(lateSentence);
        void told.then((sentence) => reject(new PierError("SESSION_START_FAILED", sentence)));
      });
    });
    try {
      await Promise.race([work, late]);
    } finally {
      cancel();
    }
  }
}
