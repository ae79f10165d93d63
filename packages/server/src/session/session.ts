import { type Cursor, type DialogAnswer, type OfferedPrompt, type Payload, PierError, type SessionInfo, type Window } from "@pier/protocol";
import type { AgentLauncher, ExitInfo, SessionFiles } from "./agent-process.ts";
import { type AgentRun, exitSentence } from "./agent-run.ts";
import { type Asker, type ClientCommand, refuse } from "./asker.ts";
import { Broadcast } from "./broadcast.ts";
import type { Clock } from "./clock.ts";
import { CommandDesk } from "./command-desk.ts";
import { DialogDesk } from "./dialog-desk.ts";
import { errorSentence } from "./error-sentence.ts";
import type { Subscriber } from "./event-stream.ts";
import { uiRequestFrame } from "./frame-text.ts";
import type { Folded } from "./journal-fold.ts";
import type { Classify } from "./journal-record.ts";
import { ProcessSlot } from "./process-slot.ts";
import type { EndedProcess } from "./ended-process.ts";
import type { PromptLedger } from "./prompt-ledger.ts";
import { RowKeeper } from "./row-keeper.ts";
import { sessionInfo } from "./session-info.ts";
import type { SessionRow } from "./session-row.ts";
import { TranscriptView } from "./transcript-view.ts";
import { limits } from "../limits.ts";
import type { Page } from "./window.ts";

export interface SessionOptions {
  row: SessionRow;
  launcher: AgentLauncher;
  files: SessionFiles;
  ledger: PromptLedger;
  /** How the records of a pi version are read. */
  classifierFor: (piVersion: string | null) => Classify;
  clock: Clock;
  encode: (text: string) => Uint8Array;
  newId: () => string;
  /** Names this daemon's life. */
  runId: string;
  /** ms a dialog waits while nobody sees it. */
  uiTimeout: number;
  /** Whether somebody watches the list of sessions and would see that this one asks. */
  watched: () => boolean;
  /** The row changed: keep it. */
  save: (change: Partial<SessionRow>) => void;
  /** What the list shows changed. */
  onChange: () => void;
  onLog: (level: "info" | "warn" | "error", message: string, detail?: object) => void;
}

export interface AttachOptions {
  cursor: Cursor | undefined;
  window: Window | undefined;
  /** Characters of a snapshot that is not elided, for dialects that know no windows. */
  whole?: number;
  /** Coalescing interval, ms. */
  interval: number;
}

/**
 * A durable conversation: at most one pi process at a time, any number of clients, and the transcript of both. It is
 * the only one that speaks to its process.
 */
export class Session {
  readonly row: SessionRow;
  readonly #options: SessionOptions;
  readonly #keeper: RowKeeper;
  readonly #slot: ProcessSlot;
  readonly #broadcast: Broadcast;
  readonly #commands: CommandDesk;
  readonly #dialogs: DialogDesk;
  /** What a process shows; without one the session file is looked at afresh each time. */
  #view: TranscriptView | undefined;
  #recovered: Promise<unknown> = Promise.resolve();
  #removed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.row = options.row;
    const { clock, encode, launcher, files, classifierFor, ledger, newId, runId, row } = options;
    this.#keeper = new RowKeeper({ row, clock, save: options.save, onError: (message, error) => this.#warn(message, error) });
    this.#broadcast = new Broadcast({ session: row.id, clock, encode });
    this.#slot = new ProcessSlot({
      keeper: this.#keeper,
      launcher,
      files,
      classifierFor,
      clock,
      newId,
      stateId: () => this.#commands.stateId(),
      listener: {
        onFolded: (folded) => this.#onFolded(folded),
        onOldReply: (folded) => this.#commands.onReply(folded),
        onPause: () => this.#broadcast.pause(),
        onGarbage: (bytes) => this.#onGarbage(bytes),
        rest: () => (this.#commands.waiting ? 0 : this.#broadcast.rest),
        onRebased: (reason) => {
          if (this.#isShown()) this.#broadcast.resync(reason);
        },
        onOpened: (run) => this.#onOpened(run),
        onCaughtUp: (run) => this.#onCaughtUp(run),
        onEnded: (run, exit, how) => this.#onEnded(run, exit, how),
        onDialogDropped: (dialog) => this.#dialogs.dropped(dialog),
        onActivity: () => this.#announce(),
      },
    });
    this.#commands = new CommandDesk({
      session: row.id,
      runId,
      ledger,
      files,
      newId,
      clock,
      slot: this.#slot,
      onOffered: () => this.#announce(),
      onError: (message, error) => this.#warn(message, error),
    });
    this.#dialogs = new DialogDesk({
      clock,
      keeper: this.#keeper,
      unseenTimeout: options.uiTimeout,
      seen: () => this.#broadcast.size > 0 || options.watched(),
      run: () => this.#slot.run,
      onClosed: (id, reason) => {
        this.tell(JSON.stringify({ type: "extension_ui_resolved", session: row.id, id, reason }));
        options.onChange();
      },
      onError: (error) => this.#warn("a dialog's answer was not delivered", error),
    });
  }

  get id(): string {
    return this.row.id;
  }

  get info(): SessionInfo {
    const { run, activity } = this.#slot;
    const clients = this.#broadcast.size;
    const piVersion = run?.process.piVersion ?? null;
    return sessionInfo(this.row, { activity, clients, pid: run?.process.pid, piVersion, fold: run?.fold ?? null });
  }

  get offered(): OfferedPrompt[] {
    return this.#commands.prompts.offered();
  }

  /** Starts a process. @throws PierError when pi does not start */
  async start(): Promise<void> {
    await this.#slot.ensure();
  }

  /** Takes over the process that an earlier daemon left, or parks the session when there is none. Never throws. */
  async recover(): Promise<void> {
    const recovery = this.#slot
      .recover()
      .then(async (found) => {
        if (!found) await this.#recoverWithoutProcess();
      })
      .catch((error: unknown) => this.#warn("a session could not be taken over", error));
    this.#recovered = recovery;
    await recovery;
  }

  /**
   * Subscribes to the session. `send` takes the frames that bring the subscriber to the present; live frames follow.
   *
   * @returns a function that ends the subscription
   */
  async attach(subscriber: Subscriber, options: AttachOptions, send: (frames: string[]) => void): Promise<() => void> {
    const view = await this.#waitForView();
    if (this.#removed) throw new PierError("SESSION_NOT_FOUND", "The session is gone: nothing of it was kept.");
    const { cursor, window, whole, interval } = options;
    const { info, offered, id: session } = this;
    const frames = view.frames({ session, info, offered, cursor, window, whole });
    const problem = view.process || this.row.sessionFile === null ? null : this.#options.files.problem(this.row.sessionFile);
    if (problem !== null) frames.push(this.#notice("warning", problem));
    // From the cut to the subscription nothing is awaited: no event falls between.
    const leave = this.#broadcast.add(subscriber, interval);
    send(frames);
    this.#keeper.onSeen();
    this.#viewersChanged();
    return () => {
      leave();
      this.#viewersChanged();
    };
  }

  /** Takes a command of a client. Its reply, or a refusal, goes to the asker. */
  command(command: ClientCommand): void {
    if (this.row.status === "closed") {
      return refuse(this.id, command, "SESSION_CLOSED", "The session is closed: resume it first.");
    }
    // An open dialog would keep pi from ending the turn.
    if (command.type === "abort") this.#dialogs.cancelAll();
    this.#commands.take(command);
  }

  /** Answers a dialog; the first answer wins. @throws PierError `DIALOG_NOT_FOUND` */
  answerDialog(id: string, answer: DialogAnswer): void {
    this.#dialogs.answer(id, answer);
  }

  /** A page of the transcript. @throws PierError `HISTORY_GONE` */
  async history(before: string | undefined, window: Window | undefined): Promise<Page> {
    return (await this.#waitForView()).page(this.id, before, window);
  }

  /** One string of one message, whole. @throws PierError `NOT_FOUND` */
  async body(key: string, path: readonly string[]): Promise<string> {
    return (await this.#waitForView()).body(key, path);
  }

  /** Sends a prompt that pi never saved again, or forgets it. @throws PierError `NOT_FOUND` */
  settleOffer(id: string, action: "send" | "dismiss"): void {
    this.#commands.settleOffer(id, action);
    this.#announce();
  }

  /** The end of pi's stderr. */
  async logs(): Promise<string> {
    const { run } = this.#slot;
    if (run) return run.process.stderr();
    return this.row.epoch === null ? "" : this.#options.launcher.stderrOf(this.id, this.row.epoch);
  }

  /** Ends the process and closes the session. */
  async close(): Promise<void> {
    if (this.row.status === "closed") return;
    this.#keeper.save({ status: "closed", attention: null });
    await this.#slot.terminate();
    this.#slot.setClosed(true);
    if (!this.row.ephemeral) {
      this.#hide();
      if (this.row.epoch !== null) await this.#options.launcher.discard(this.id, this.row.epoch);
    }
    this.#broadcast.resync("restarted");
    this.#announce();
  }

  /** Starts a closed session again. @throws PierError */
  async resume(): Promise<void> {
    if (this.row.status === "live") throw new PierError("CONFLICT", "The session is live already.");
    if (this.row.ephemeral) throw new PierError("CONFLICT", "The session was ephemeral: nothing of it was kept to resume.");
    this.#keeper.save({ status: "live" });
    this.#slot.setClosed(false);
    try {
      await this.#slot.ensure();
    } catch (error) {
      this.#keeper.save({ status: "closed" });
      this.#slot.setClosed(true);
      throw error;
    }
  }

  /** Ends the process in order; the session is parked and starts again on first use. */
  async park(): Promise<void> {
    await this.#slot.terminate();
  }

  /** Nothing of the session is left: whoever follows it is told. */
  removed(): void {
    this.#removed = true;
    this.tell(JSON.stringify({ type: "detached", session: this.id, reason: "The session is gone: nothing of it was kept." }));
  }

  /** Gives the session another name, through pi where it runs. */
  async rename(name: string): Promise<void> {
    this.#keeper.save({ name });
    if (this.#slot.run) await this.#commands.setName(this.#slot.run, name);
    this.#announce();
  }

  /** Lets go of the process without ending it: another daemon will find it. */
  async release(): Promise<void> {
    this.#keeper.flush();
    this.#dialogs.closeAll();
    this.#commands.release();
    await this.#slot.release();
  }

  /** Sends a frame to every attached client. */
  tell(frame: string): void {
    this.#broadcast.send(frame, this.#view?.fold.seq ?? 0);
  }

  /** A connection ended: nothing is to be told to it any more. */
  forget(asker: Asker): void {
    this.#commands.forget(asker);
  }

  /** Who watches the list changed. */
  watchersChanged(): void {
    this.#dialogs.viewersChanged();
  }

  async #recoverWithoutProcess(): Promise<void> {
    const { launcher } = this.#options;
    const { epoch } = this.row;
    const stderr = epoch === null ? "" : await launcher.stderrOf(this.id, epoch).catch(() => "");
    const message = exitSentence({ code: null, signal: null, stderr });
    this.#commands.recoverWithoutProcess(this.#endedUnseen(message));
    this.#options.onChange();
  }

  /** What is known of a process that ended while no daemon looked. */
  #endedUnseen(message: string): EndedProcess {
    return { message, savedSince: this.#savedSince(this.row.sessionFile), lastUserAt: undefined, queued: false };
  }

  #savedSince(file: string | null): EndedProcess["savedSince"] {
    return (since) => (file === null ? [] : this.#options.files.savedPrompts(file, since));
  }

  #onCaughtUp(run: AgentRun): void {
    if (run.fold.file !== undefined) this.#show(run);
    for (const dialog of run.fold.ui.dialogs.values()) this.#dialogs.raised(dialog);
  }

  #onOpened(run: AgentRun): void {
    this.#show(run);
    this.#broadcast.resync("restarted");
    this.#commands.onOpened(run, this.#endedUnseen("pi ended."));
    // Older versions take no name on their command line.
    const { name } = this.row;
    if (name !== null && run.fold.live.pi?.sessionName === undefined) void this.rename(name).catch(() => {});
    this.#announce();
  }

  #show(run: AgentRun): void {
    if (this.#view?.fold === run.fold) return;
    this.#hide();
    this.#view = new TranscriptView(run.fold, run.epoch, run.process, this.#options.files);
  }

  /** Nothing reads the journal of the view any more: lets go of its file. */
  #hide(): void {
    const ended = this.#view?.process;
    this.#view = undefined;
    void ended?.release().catch((error: unknown) => this.#warn("a journal could not be closed", error));
  }

  /** A process that is just starting has a journal of its own, which nobody follows yet. */
  #isShown(): boolean {
    return this.#view !== undefined && this.#view.fold === this.#slot.run?.fold;
  }

  #onFolded(folded: Folded): void {
    const shown = this.#isShown();
    if (shown) this.#broadcast.push(folded.events, folded.seq);
    if (folded.ui) this.#onUiRequest(folded.ui, folded.seq, shown);
    if (folded.closedDialog !== undefined) this.#dialogs.closed(folded.closedDialog);
    if (folded.reply) {
      // A reply goes out at once: what pi wrote before it must not come after it.
      this.#broadcast.flush();
      this.#commands.onReply(folded);
    }
    for (const { value } of folded.events) {
      // Deltas change nothing that the list shows, and they are nearly all there is.
      if (value.type !== "message_update") this.#onEvent(value);
    }
  }

  #onUiRequest(request: { text: string; value: Payload }, seq: number, shown: boolean): void {
    const dialog = this.#slot.run?.fold.ui.dialogs.get(String(request.value.id));
    if (dialog) {
      this.#dialogs.raised(dialog);
      this.#options.onChange();
    }
    if (shown) this.#broadcast.send(uiRequestFrame(this.id, seq, request.text, dialog?.deadline), seq);
  }

  #onEvent(event: Payload): void {
    if (event.type === "message_end" || event.type === "agent_settled") this.#rememberFile();
    const changed = this.#keeper.onEvent(event, this.#broadcast.size > 0);
    const pi = this.#slot.run?.fold.live.pi;
    if (changed && pi) this.#keeper.onState(pi);
    if (event.type === "agent_settled") this.#onSettled();
    if (event.type === "message_end") this.#options.onChange();
    else if (changed) this.#announce();
  }

  #onSettled(): void {
    const saved = this.row.sessionFile !== null || this.row.ephemeral;
    const { run } = this.#slot;
    if (run) this.#commands.onSettled(run, saved, (error) => this.#warn("the journal could not be trimmed", error));
  }

  /** The session file counts from when it is really there: pi names it before it writes it. */
  #rememberFile(): void {
    const file = this.#slot.run?.fold.live.pi?.sessionFile;
    if (file === undefined || file === this.row.sessionFile || this.row.ephemeral) return;
    if (this.#options.files.size(file) !== null) this.#keeper.save({ sessionFile: file });
  }

  #onEnded(run: AgentRun, exit: ExitInfo, { started, wanted }: { started: boolean; wanted: boolean }): void {
    const { fold } = run;
    const file = fold.file?.path ?? fold.live.pi?.sessionFile ?? this.row.sessionFile;
    const message = exitSentence(exit);
    this.#dialogs.closeAll();
    this.#commands.onEnded({ message, savedSince: this.#savedSince(file), lastUserAt: fold.lastUserAt, queued: fold.leftQueue });
    if (started && wanted) {
      const { code, signal } = exit;
      this.#keeper.save({ lastExit: { code, ...(signal !== null && { signal }), message } });
      this.#options.onLog("warn", "pi ended", { session: this.id, code, signal });
    }
    if (started) this.#broadcast.resync("restarted");
    this.#announce();
  }

  #onGarbage(bytes: number): void {
    this.#options.onLog("warn", "pi wrote something that is no record", { session: this.id, bytes });
    this.tell(this.#notice("warning", `pi wrote ${bytes} bytes that are no record; they were skipped.`));
  }

  /** Waits, within limits, while the process is between two conversations. */
  async #waitForView(): Promise<TranscriptView> {
    const { run } = this.#slot;
    const between = this.#view && run && run.fold.file === undefined ? run.whenOpen().catch(() => {}) : undefined;
    let cancel = (): void => {};
    const enough = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(limits.viewWait, resolve);
    });
    await Promise.race([Promise.all([this.#recovered, between]), enough]);
    cancel();
    return this.#view ?? TranscriptView.ofFile(this.row.sessionFile, this.#options.files, this.#options.classifierFor(null));
  }

  #viewersChanged(): void {
    this.#dialogs.viewersChanged();
    this.#options.onChange();
  }

  /** Tells attached clients and the list what changed. */
  #announce(): void {
    this.tell(JSON.stringify({ type: "session", session: this.id, info: this.info, offered: this.offered }));
    this.#options.onChange();
  }

  #notice(level: "info" | "warning" | "error", message: string): string {
    return JSON.stringify({ type: "notice", session: this.id, level, message });
  }

  #warn(message: string, error: unknown): void {
    this.#options.onLog("warn", message, { session: this.id, error: errorSentence(error) });
  }
}
