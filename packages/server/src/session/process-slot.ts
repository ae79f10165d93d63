import { type Activity, type Dialog, PierError } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { AgentLauncher, AgentProcess, ExitInfo, SessionFiles } from "./agent-process.ts";
import { AgentRun, type RunListener } from "./agent-run.ts";
import type { Clock } from "./clock.ts";
import { errorSentence } from "./error-sentence.ts";
import { exitSentence } from "./exit-sentence.ts";
import { JournalFold } from "./journal-fold.ts";
import type { Classify } from "./journal-record.ts";
import type { RowKeeper } from "./row-keeper.ts";

export interface ProcessSlotListener extends RunListener {
  /** A process takes commands. `isNew`: no earlier daemon started it. */
  onOpened(run: AgentRun, isNew: boolean): void;
  /** A process of an earlier daemon was folded up to the present; it may not answer yet. */
  onCaughtUp(run: AgentRun): void;
  /** A process is gone. `started`: it took commands once. `wanted`: nobody asked it to end. */
  onEnded(run: AgentRun, exit: ExitInfo, how: { started: boolean; wanted: boolean }): void;
  /** A process asked more than is kept; the oldest question was given up. */
  onDialogDropped(dialog: Dialog): void;
  /** What `activity` says changed. */
  onActivity(): void;
}

export interface ProcessSlotOptions {
  keeper: RowKeeper;
  launcher: AgentLauncher;
  files: SessionFiles;
  /** How the records of a pi version are read. */
  classifierFor: (piVersion: string | null) => Classify;
  clock: Clock;
  newId: () => string;
  stateId: () => string;
  listener: ProcessSlotListener;
}

type Phase = "parked" | "starting" | "recovering" | "live" | "closed";

/** The place for a session's one process: starts it when it is needed, finds it again, and notices its end. */
export class ProcessSlot {
  readonly #options: ProcessSlotOptions;
  #phase: Phase;
  #run: AgentRun | undefined;
  #starting: Promise<AgentRun> | undefined;
  #recovering: Promise<boolean> | undefined;
  #suspended = false;
  /** Whether the process is to go on: its end is news. */
  #wanted = true;
  /** Whether the process that is being started is to be ended as soon as it is there. */
  #abandoned = false;
  #cancelCheck: (() => void) | undefined;

  constructor(options: ProcessSlotOptions) {
    this.#options = options;
    this.#phase = options.keeper.row.status === "closed" ? "closed" : "parked";
  }

  /** The process, once it was folded up to the present. */
  get run(): AgentRun | undefined {
    return this.#run;
  }

  get activity(): Activity {
    if (this.#phase !== "live" && this.#phase !== "recovering") return this.#phase;
    if (this.#suspended) return "stopped";
    return this.#run?.fold.live.running ? "running" : "idle";
  }

  /** The process, started if there is none. @throws PierError `SESSION_START_FAILED`, `SESSION_CLOSED` and what the launcher throws */
  ensure(): Promise<AgentRun> {
    if (this.#run && this.#phase !== "starting") return Promise.resolve(this.#run);
    // What an earlier daemon left is looked for first: there must not be two processes.
    if (this.#recovering) return this.#recovering.catch(() => {}).then(() => this.ensure());
    // A command may have waited while the session was closed.
    const isClosed = this.#options.keeper.row.status === "closed";
    if (isClosed) return Promise.reject(new PierError("SESSION_CLOSED", "The session is closed: resume it first."));
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /** Takes over the process of an earlier daemon. Resolves to whether there is one, once it can be looked at. */
  recover(): Promise<boolean> {
    this.#recovering = this.#recover().finally(() => {
      this.#recovering = undefined;
    });
    return this.#recovering;
  }

  async #recover(): Promise<boolean> {
    const { keeper, launcher } = this.#options;
    const { epoch, id } = keeper.row;
    const process = epoch === null ? null : await launcher.reattach(id, epoch);
    if (!process) return false;
    this.#phase = "recovering";
    const run = this.#newRun(process);
    return new Promise<boolean>((resolve, reject) => {
      // Looking waits for the fold only: a suspended process may not answer for hours.
      run
        .recover(() => {
          this.#run = run;
          this.#watch(run);
          this.#checkState(run);
          this.#options.listener.onCaughtUp(run);
          resolve(true);
        })
        .then(() => this.#opened(run, false))
        .catch((error: unknown) => {
          if (!this.#run) this.#phase = "parked";
          reject(error instanceof Error ? error : new Error(String(error)));
        });
    });
  }

  /** Ends the process, if there is one. */
  async terminate(): Promise<void> {
    this.#wanted = false;
    // An earlier daemon's process may not be found yet: it would stay for good.
    await this.#recovering?.catch(() => {});
    this.#abandoned = this.#starting !== undefined && !this.#run;
    const run = this.#run ?? (await this.#starting?.catch(() => undefined));
    if (!run) return;
    await run.process.terminate(limits.terminate);
    await run.process.exited;
  }

  /** Marks the session closed, or live again without a process. */
  setClosed(closed: boolean): void {
    this.#phase = closed ? "closed" : "parked";
  }

  async release(): Promise<void> {
    this.#cancelCheck?.();
    await this.#run?.process.release();
  }

  async #start(): Promise<AgentRun> {
    const { keeper, launcher, files, listener, newId } = this.#options;
    const { row } = keeper;
    this.#phase = "starting";
    this.#abandoned = false;
    listener.onActivity();
    try {
      const problem = row.sessionFile === null ? null : files.problem(row.sessionFile);
      if (problem !== null) throw new PierError("SESSION_START_FAILED", problem);
      if (row.epoch !== null) await launcher.discard(row.id, row.epoch);
      // Kept before the process exists: a daemon that ends here is followed by one that finds it.
      const epoch = newId();
      keeper.saveOrThrow({ epoch });
      const { id, cwd, provider, model, thinkingLevel, name, ephemeral, demo, useDirenv, piArgs, sessionFile } = row;
      const settings = { cwd, provider, model, thinkingLevel, name, ephemeral, demo, useDirenv, piArgs, sessionFile };
      const process = await launcher.start({ session: id, epoch, ...settings });
      if (this.#abandoned) {
        await process.terminate(limits.terminate);
        await process.release();
        throw new PierError("SESSION_START_FAILED", "The session was closed while pi was being started.");
      }
      keeper.save({ piVersion: process.piVersion });
      return await this.#begin(process);
    } catch (error) {
      this.#run = undefined;
      this.#phase = row.status === "closed" ? "closed" : "parked";
      listener.onActivity();
      if (error instanceof PierError && error.code !== "PI_EXITED") throw error;
      throw new PierError("SESSION_START_FAILED", errorSentence(error), {
        cause: error,
      });
    }
  }

  async #begin(process: AgentProcess): Promise<AgentRun> {
    const { launcher } = this.#options;
    const run = this.#newRun(process);
    this.#run = run;
    this.#wanted = true;
    this.#watch(run);
    const gone = process.exited.then((exit) => {
      throw launcher.startProblem?.(exit) ?? new PierError("SESSION_START_FAILED", exitSentence(exit));
    });
    try {
      await Promise.race([run.begin(), gone]);
    } catch (error) {
      await process.terminate(limits.terminate);
      // Whoever wrote to it first found it gone; its own words say why.
      if (error instanceof PierError && error.code === "PI_EXITED") await gone;
      throw error;
    } finally {
      gone.catch(() => {});
    }
    this.#opened(run, true);
    this.#checkState(run);
    return run;
  }

  #newRun(process: AgentProcess): AgentRun {
    const { files, clock, classifierFor, listener, stateId } = this.#options;
    const classify = classifierFor(process.piVersion);
    const fold = new JournalFold(process.journalStart(), {
      classify,
      openFile: (file, size) => files.open(file, size),
      onDialogDropped: (dialog) => listener.onDialogDropped(dialog),
    });
    return new AgentRun({ process, fold, files, clock, stateId, listener });
  }

  #opened(run: AgentRun, isNew: boolean): void {
    if (this.#run !== run) return;
    this.#phase = "live";
    this.#options.listener.onOpened(run, isNew);
  }

  #watch(run: AgentRun): void {
    void run.process.exited.then((exit) => {
      // Given up before it ended: nobody was shown what it said.
      if (this.#run !== run) return void run.process.release();
      const started = this.#phase !== "starting";
      this.#run = undefined;
      this.#suspended = false;
      this.#cancelCheck?.();
      run.end(exit);
      run.fold.interrupt();
      if (started) this.#phase = this.#options.keeper.row.status === "closed" ? "closed" : "parked";
      else void run.process.release();
      this.#options.listener.onEnded(run, exit, { started, wanted: this.#wanted });
    });
  }

  /** A process that was suspended says nothing; its person should know why. */
  #checkState(run: AgentRun): void {
    this.#cancelCheck?.();
    this.#cancelCheck = this.#options.clock.after(limits.stateCheck, () => {
      if (this.#run !== run) return;
      const suspended = run.process.suspended();
      if (suspended !== this.#suspended) {
        this.#suspended = suspended;
        this.#options.listener.onActivity();
      }
      this.#checkState(run);
    });
  }
}
