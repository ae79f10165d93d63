import type { OfferedPrompt, Payload, SessionInfo } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { ExitInfo } from "./agent-process.ts";
import type { AgentRun } from "./agent-run.ts";
import { Broadcast } from "./broadcast.ts";
import { CommandDesk } from "./command-desk.ts";
import { DialogDesk } from "./dialog-desk.ts";
import type { EndedProcess } from "./ended-process.ts";
import { errorSentence } from "./error-sentence.ts";
import type { Subscriber } from "./event-stream.ts";
import { exitSentence } from "./exit-sentence.ts";
import { uiRequestFrame } from "./frame-text.ts";
import type { Folded } from "./journal-fold.ts";
import { ProcessSlot } from "./process-slot.ts";
import { RowKeeper } from "./row-keeper.ts";
import { sessionInfo } from "./session-info.ts";
import type { SessionOptions } from "./session-options.ts";
import type { SessionRow } from "./session-row.ts";
import { ShellWatch } from "./shell-watch.ts";
import { TranscriptView } from "./transcript-view.ts";

/**
 * The parts of a session and what connects them: a process, the fold of its journal, the clients that follow, the row on
 * disk. `Session` is what others see of it.
 */
export class SessionRuntime {
  readonly row: SessionRow;
  readonly keeper: RowKeeper;
  /** Subscribers with a person before them who looks. */
  readonly lookers = new Set<Subscriber>();
  readonly slot: ProcessSlot;
  readonly broadcast: Broadcast;
  readonly commands: CommandDesk;
  readonly dialogs: DialogDesk;
  readonly shell: ShellWatch;
  readonly #options: SessionOptions;
  /** What a process shows; without one the session file is looked at afresh each time. */
  #view: TranscriptView | undefined;
  #recovered: Promise<unknown> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.row = options.row;
    const { clock, encode, launcher, files, classifierFor, newId, row } = options;
    this.keeper = new RowKeeper({
      row,
      clock,
      save: options.save,
      onError: (message, error) => this.#warn(message, error),
    });
    this.broadcast = new Broadcast({ session: row.id, clock, encode });
    this.slot = new ProcessSlot({
      keeper: this.keeper,
      launcher,
      files,
      classifierFor,
      clock,
      newId,
      stateId: () => this.commands.stateId(),
      listener: {
        onFolded: (folded) => this.#onFolded(folded),
        onOldReply: (folded) => this.commands.onReply(folded),
        onPause: () => this.broadcast.pause(),
        onGarbage: (bytes) => this.#onGarbage(bytes),
        rest: () => (this.commands.waiting ? 0 : this.broadcast.rest),
        onError: (error) => this.#warn("a record of pi could not be taken", error),
        onRebased: (reason) => void (this.#isShown() && this.broadcast.resync(reason)),
        onOpened: (run, isNew) => this.#onOpened(run, isNew),
        onCaughtUp: (run) => this.#onCaughtUp(run),
        onEnded: (run, exit, how) => this.#onEnded(run, exit, how),
        onDialogDropped: (dialog) => this.dialogs.dropped(dialog),
        onActivity: () => this.announce(),
      },
    });
    this.commands = new CommandDesk({
      ...options,
      session: row.id,
      slot: this.slot,
      settings: row,
      onOffered: () => this.announce(),
      onError: (message, error) => this.#warn(message, error),
    });
    const tell = (message: string): void => this.tell(this.notice("warning", message));
    this.shell = new ShellWatch({ clock, tell, abort: () => this.commands.abortShell() });
    this.dialogs = new DialogDesk({
      clock,
      keeper: this.keeper,
      unseenTimeout: options.uiTimeout,
      seen: () => this.broadcast.size > 0 || options.watched(),
      run: () => this.slot.run,
      onClosed: (id, reason) => {
        this.tell(JSON.stringify({ type: "extension_ui_resolved", session: row.id, id, reason }));
        options.onChange();
      },
      onError: (error) => this.#warn("a dialog's answer was not delivered", error),
    });
  }

  get info(): SessionInfo {
    const { run, activity } = this.slot;
    const clients = this.broadcast.size;
    const piVersion = run?.process.piVersion ?? null;
    const { pid } = run?.process ?? {};
    const git = this.#options.git?.(this.row.cwd);
    const [origin, fold] = [this.#options.origin(), run?.fold ?? null];
    return sessionInfo(this.row, { activity, clients, pid, piVersion, fold, git, origin });
  }

  get offered(): OfferedPrompt[] {
    return this.commands.prompts.offered();
  }

  /** Takes over the process that an earlier daemon left, or parks the session when there is none. Never throws. */
  async recover(): Promise<void> {
    const recovery = this.slot
      .recover()
      .then(async (found) => {
        if (!found) await this.#recoverWithoutProcess();
      })
      .catch((error: unknown) => this.#warn("a session could not be taken over", error));
    await (this.#recovered = recovery);
  }

  /** Gives the session another name, through pi where it runs. */
  async rename(name: string): Promise<void> {
    this.keeper.giveName(name);
    if (this.slot.run) await this.commands.setName(this.slot.run, name, () => this.keeper.nameHeard(name));
    this.announce();
  }

  /** Sends a frame to every attached client. */
  tell(frame: string): void {
    this.broadcast.send(frame, this.#view?.fold.seq ?? 0);
  }

  /** Waits, within limits, while the process is between two conversations. */
  async view(): Promise<TranscriptView> {
    const { run } = this.slot;
    const between = this.#view && run && run.fold.file === undefined ? run.whenOpen().catch(() => {}) : undefined;
    let cancel = (): void => {};
    const enough = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(limits.viewWait, resolve);
    });
    await Promise.race([Promise.all([this.#recovered, between]), enough]);
    cancel();
    return (
      this.#view ?? TranscriptView.ofFile(this.row.sessionFile, this.#options.files, this.#options.classifierFor(null))
    );
  }

  viewersChanged(): void {
    this.dialogs.viewersChanged();
    this.#options.onChange();
  }

  /** Tells attached clients and the list what changed. */
  announce(): void {
    this.tell(JSON.stringify({ type: "session", session: this.row.id, info: this.info, offered: this.offered }));
    this.#options.onChange();
  }

  notice(level: "info" | "warning" | "error", message: string): string {
    return JSON.stringify({ type: "notice", session: this.row.id, level, message });
  }

  /** Nothing reads the journal of the view any more: lets go of its file. */
  hide(): void {
    const ended = this.#view?.process;
    this.#view = undefined;
    void ended?.release().catch((error: unknown) => this.#warn("a journal could not be closed", error));
  }

  async #recoverWithoutProcess(): Promise<void> {
    const { id, epoch } = this.row;
    const stderr = epoch === null ? "" : await this.#options.launcher.stderrOf(id, epoch).catch(() => "");
    this.commands.recoverWithoutProcess(this.#endedUnseen(exitSentence({ code: null, signal: null, stderr })));
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
    for (const dialog of run.fold.ui.dialogs.values()) this.dialogs.raised(dialog);
    this.shell.onCaughtUp(run.fold.live.bash.values());
  }

  #onOpened(run: AgentRun, isNew: boolean): void {
    this.#show(run);
    this.broadcast.resync("restarted");
    this.commands.onOpened(run, this.#endedUnseen("pi ended."));
    // Older versions take no name on their command line; of what is in a file, a name given while nothing ran is newer.
    const [{ name }, { pi }] = [this.row, run.fold.live];
    const isTold = pi?.sessionName === name || (!isNew && pi?.sessionName !== undefined);
    if (name !== null && !isTold) void this.rename(name).catch(() => {});
    else if (pi) this.keeper.onState(pi, true);
    this.announce();
  }

  #show(run: AgentRun): void {
    if (this.#view?.fold === run.fold) return;
    this.hide();
    this.#view = new TranscriptView(run.fold, run.epoch, run.process, this.#options.files);
  }

  /** A process that is just starting has a journal of its own, which nobody follows yet. */
  #isShown(): boolean {
    return this.#view !== undefined && this.#view.fold === this.slot.run?.fold;
  }

  #onFolded(folded: Folded): void {
    const shown = this.#isShown();
    if (shown) this.broadcast.push(folded.events, folded.seq);
    if (folded.ui) this.#onUiRequest(folded.ui, folded.seq, shown);
    if (folded.closedDialog !== undefined) this.dialogs.closed(folded.closedDialog);
    if (folded.reply) {
      // A reply goes out at once: what pi wrote before it must not come after it.
      this.broadcast.flush();
      this.commands.onReply(folded);
    }
    for (const { value } of folded.events) {
      // Deltas change nothing that the list shows, and they are nearly all there is.
      if (value.type !== "message_update") this.#onEvent(value);
    }
  }

  #onUiRequest(request: { text: string; value: Payload }, seq: number, shown: boolean): void {
    const dialog = this.slot.run?.fold.ui.dialogs.get(String(request.value.id));
    if (dialog) {
      this.dialogs.raised(dialog);
      this.#options.onChange();
    }
    if (shown) this.broadcast.send(uiRequestFrame(this.row.id, seq, request.text, dialog?.deadline), seq);
  }

  #onEvent(event: Payload): void {
    this.shell.onEvent(event);
    if (event.type === "message_end" || event.type === "agent_settled") this.#rememberFile();
    const changed = this.keeper.onEvent(event, this.lookers.size > 0);
    const pi = this.slot.run?.fold.live.pi;
    if (changed && pi) this.keeper.onState(pi, this.#isShown());
    if (event.type === "agent_settled") this.#onSettled();
    if (event.type === "message_end") this.#options.onChange();
    else if (changed) this.announce();
  }

  #onSettled(): void {
    this.#options.onTurnEnd?.();
    const saved = this.row.sessionFile !== null || this.row.ephemeral;
    const { run } = this.slot;
    if (run) this.commands.onSettled(run, saved, (error) => this.#warn("the journal could not be trimmed", error));
  }

  /** The session file counts from when it is really there: pi names it before it writes it. */
  #rememberFile(): void {
    const file = this.slot.run?.fold.live.pi?.sessionFile;
    if (file === undefined || file === this.row.sessionFile || this.row.ephemeral) return;
    if (this.#options.files.size(file) !== null) this.keeper.save({ sessionFile: file });
  }

  #onEnded(run: AgentRun, exit: ExitInfo, { started, wanted }: { started: boolean; wanted: boolean }): void {
    const { fold } = run;
    const file = fold.file?.path ?? fold.live.pi?.sessionFile ?? this.row.sessionFile;
    const message = exitSentence(exit);
    this.dialogs.closeAll();
    this.shell.clear();
    this.commands.onEnded({
      message,
      savedSince: this.#savedSince(file),
      lastUserAt: fold.lastUserAt,
      queued: fold.leftQueue,
    });
    if (started && wanted) {
      const { code, signal } = exit;
      this.keeper.save({
        lastExit: { code, ...(signal !== null && { signal }), message },
        attention: { reason: "error", text: message },
      });
      this.#options.onLog("warn", "pi ended", { session: this.row.id, code, signal });
    }
    if (started) this.broadcast.resync("restarted");
    this.announce();
  }

  #onGarbage(bytes: number): void {
    this.#options.onLog("warn", "pi wrote something that is no record", { session: this.row.id, bytes });
    this.tell(this.notice("warning", `pi wrote ${bytes} bytes that are no record; they were skipped.`));
  }

  #warn(message: string, error: unknown): void {
    this.#options.onLog("warn", message, { session: this.row.id, error: errorSentence(error) });
  }
}
