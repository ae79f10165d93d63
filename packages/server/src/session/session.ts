import {
  type AgentMessage,
  commandSpec,
  type Cursor,
  type Dialog,
  type DialogAnswer,
  type OfferedPrompt,
  type Payload,
  PierError,
  type SessionInfo,
  type Window,
} from "@pier/protocol";
import { limits } from "../limits.ts";
import type { AgentLauncher, AgentProcess, ExitInfo, SessionFiles } from "./agent-process.ts";
import { AgentRun, exitSentence } from "./agent-run.ts";
import { type Asker, type ClientCommand, refuse } from "./asker.ts";
import { attachFrames } from "./attach-frames.ts";
import { Broadcast } from "./broadcast.ts";
import type { Clock } from "./clock.ts";
import { Dialogs } from "./dialogs.ts";
import { bodyAt } from "./elide.ts";
import type { Subscriber } from "./event-stream.ts";
import { commandLine, uiRequestFrame } from "./frame-text.ts";
import type { Item, ItemContent } from "./item-index.ts";
import { type Folded, JournalFold } from "./journal-fold.ts";
import type { Classify } from "./journal-record.ts";
import { isNoteType, noteLine } from "./notes.ts";
import { PendingCommands } from "./pending-commands.ts";
import { previewOf } from "./preview.ts";
import type { PromptEntry, PromptLedger } from "./prompt-ledger.ts";
import { Prompts } from "./prompts.ts";
import { readItem } from "./read-item.ts";
import { sessionInfo } from "./session-info.ts";
import type { SessionRow } from "./session-row.ts";
import { cutPage, type Page } from "./window.ts";
import { wireIdKind } from "./wire-id.ts";

export interface SessionOptions {
  row: SessionRow;
  launcher: AgentLauncher;
  files: SessionFiles;
  ledger: PromptLedger;
  classify: Classify;
  clock: Clock;
  encode(text: string): Uint8Array;
  newId(): string;
  /** Names this daemon's life. */
  runId: string;
  /** ms a dialog waits while nobody sees it. */
  uiTimeout: number;
  /** Whether somebody watches the list of sessions and would see that this one asks. */
  watched(): boolean;
  /** The row changed: keep it. */
  save(change: Partial<SessionRow>): void;
  /** What the list shows changed. */
  onChange(): void;
  onLog(level: "info" | "warn" | "error", message: string, detail?: object): void;
}

export interface AttachOptions {
  cursor: Cursor | undefined;
  window: Window | undefined;
  /** Coalescing interval, ms. */
  interval: number;
}

type Phase = "parked" | "starting" | "recovering" | "live" | "closing" | "closed";

/**
 * A durable conversation: at most one pi process at a time, any number of clients, and the transcript of both. It is
 * the only one that speaks to its process.
 */
export class Session {
  readonly row: SessionRow;
  readonly #options: SessionOptions;
  readonly #broadcast: Broadcast;
  readonly #pending: PendingCommands;
  readonly #prompts: Prompts;
  readonly #dialogs: Dialogs;
  #phase: Phase;
  #run: AgentRun | undefined;
  #starting: Promise<AgentRun> | undefined;
  /** What clients see: the fold of the process, or the session file alone. */
  #view: { fold: JournalFold; epoch: string; process: AgentProcess | null } | undefined;
  #viewReady: Promise<unknown> = Promise.resolve();
  /** Writes to pi one after the other. */
  #outbox: Promise<void> = Promise.resolve();
  #suspended = false;
  #cancelStateCheck: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.row = options.row;
    const { clock, encode } = options;
    const session = this.row.id;
    this.#phase = this.row.status === "closed" ? "closed" : "parked";
    this.#broadcast = new Broadcast({ session, clock, encode });
    this.#pending = new PendingCommands(session, options.runId);
    this.#prompts = new Prompts({ session, ledger: options.ledger, newId: options.newId, now: () => clock.now() });
    this.#dialogs = new Dialogs({
      clock,
      unseenTimeout: options.uiTimeout,
      seen: () => this.#broadcast.size > 0 || options.watched(),
      onExpired: (id, answer) => this.#closeDialog(id, answer, "expired"),
    });
  }

  get id(): string {
    return this.row.id;
  }

  get info(): SessionInfo {
    const phase = this.#phase;
    const running = this.#run?.fold.live.running ?? false;
    return sessionInfo(this.row, {
      activity:
        phase === "live" || phase === "recovering"
          ? this.#suspended
            ? "stopped"
            : running
              ? "running"
              : "idle"
          : phase === "closing"
            ? "closed"
            : phase,
      clients: this.#broadcast.size,
      pid: this.#run?.process.pid,
      piVersion: this.#run?.process.piVersion ?? null,
      fold: this.#run?.fold ?? null,
    });
  }

  get offered(): OfferedPrompt[] {
    return this.#prompts.offered();
  }

  /** Starts the first process. @throws PierError when pi does not start */
  async start(): Promise<void> {
    await this.#ensureRun();
  }

  /** Takes over the process that an earlier daemon left, or parks the session when there is none. */
  async recover(): Promise<void> {
    const { launcher, newId: _newId, ...rest } = this.#options;
    const { epoch } = this.row;
    if (epoch === null) return this.#recoverParked("The daemon ended before pi was started.");
    this.#phase = "recovering";
    const recovery = launcher.reattach(this.id, epoch).then(async (process) => {
      if (!process) {
        const stderr = await launcher.stderrOf(this.id, epoch);
        return this.#recoverParked(exitSentence({ code: null, signal: null, stderr }));
      }
      await this.#adopt(process);
    });
    this.#viewReady = recovery.catch(() => {});
    await recovery.catch((error: unknown) => {
      rest.onLog("error", "a session could not be recovered", { session: this.id, error: String(error) });
      if (this.#phase === "recovering") this.#park();
    });
  }

  /**
   * Subscribes to the session. `send` takes the frames that bring the subscriber to the present; live frames follow.
   *
   * @returns a function that ends the subscription
   */
  async attach(subscriber: Subscriber, options: AttachOptions, send: (frames: string[]) => void): Promise<() => void> {
    await this.#waitForView();
    const view = this.#openView();
    const frames = attachFrames({
      session: this.id,
      epoch: view.epoch,
      fold: view.fold,
      info: this.info,
      offered: this.offered,
      cursor: options.cursor,
      window: options.window,
      read: (item) => this.#read(view, item),
      journal: view.process,
      classify: this.#options.classify,
    });
    const problem = view.process ? null : this.#fileProblem();
    if (problem) frames.push(noticeFrame(this.id, "warning", problem));
    // From here to the subscription nothing is awaited: no event falls between.
    const leave = this.#broadcast.add(subscriber, options.interval);
    send(frames);
    if (this.row.attention && this.row.attention.reason !== "question") this.#save({ attention: null });
    this.#dialogs.viewersChanged();
    this.#options.onChange();
    return () => {
      leave();
      this.#dialogs.viewersChanged();
      this.#options.onChange();
    };
  }

  /** Takes a command of a client. Its reply, or a refusal, goes to the asker. */
  command(command: ClientCommand): void {
    if (this.row.status === "closed") {
      return refuse(this.id, command, "SESSION_CLOSED", "The session is closed: resume it first.");
    }
    if (isNoteType(command.type)) {
      return refuse(this.id, command, "BAD_REQUEST", `Commands of type ${command.type} are the daemon's own.`);
    }
    const { effect } = commandSpec(command.type);
    if (effect === "prompt") {
      let entry: PromptEntry | null;
      try {
        entry = this.#prompts.accept(command);
      } catch (error) {
        return refuse(this.id, command, "STORAGE", `The prompt could not be kept: ${sentence(error)}`);
      }
      if (entry) this.#deliver(entry);
      return;
    }
    if (!this.#pending.admits(command)) return;
    if (command.type === "abort") this.#cancelDialogs();
    this.#send(command, async (run) => {
      const id = this.#pending.add(effect === "bash" ? "bash" : "command", command);
      const line = commandLine(command.text, id);
      await run.write(effect === "bash" ? bashNote(id, command.text) + line : line);
    });
  }

  /** Answers a dialog; the first answer wins. @throws PierError `DIALOG_NOT_FOUND` */
  answerDialog(id: string, answer: DialogAnswer): void {
    if (!this.#run?.fold.ui.dialogs.has(id)) {
      throw new PierError("DIALOG_NOT_FOUND", "The dialog was answered already, expired, or never existed.");
    }
    this.#closeDialog(id, answer, "answered");
  }

  /** A page of the transcript. @throws PierError `HISTORY_GONE` */
  async history(before: string | undefined, window: Window | undefined): Promise<Page> {
    await this.#waitForView();
    const view = this.#openView();
    const at = before === undefined ? -1 : view.fold.items.indexOf(before);
    if (before !== undefined && at === -1) throw new PierError("HISTORY_GONE", `${before} is not known any more: attach anew.`);
    return cutPage(view.fold.items, { session: this.id, skip: at + 1, window, read: (item) => this.#read(view, item) });
  }

  /** One string of one message, whole. @throws PierError `NOT_FOUND` */
  async body(key: string, path: readonly string[]): Promise<string> {
    await this.#waitForView();
    const view = this.#openView();
    const at = view.fold.items.indexOf(key);
    const item = at === -1 ? undefined : view.fold.items.fromEnd(at);
    const body = item && bodyAt(this.#read(view, item).message(), path);
    if (body === undefined) throw new PierError("NOT_FOUND", `There is no text at ${path.join(".")} of ${key}.`);
    return body;
  }

  /** @throws PierError `NOT_FOUND` */
  settleOffer(id: string, action: "send" | "dismiss"): void {
    const entry = action === "send" ? this.#prompts.take(id) : undefined;
    if (entry) this.#deliver(entry);
    else if (action === "send" || !this.#prompts.dismiss(id)) {
      throw new PierError("NOT_FOUND", "There is no such prompt to settle: somebody else did, or it was saved after all.");
    }
    this.#announce();
  }

  async logs(): Promise<string> {
    if (this.#run) return this.#run.process.stderr();
    return this.row.epoch === null ? "" : this.#options.launcher.stderrOf(this.id, this.row.epoch);
  }

  /** Ends the process and closes the session. */
  async close(): Promise<void> {
    if (this.row.status === "closed") return;
    this.#save({ status: "closed", attention: null });
    const run = this.#run ?? (await this.#starting?.catch(() => undefined));
    this.#phase = "closing";
    if (run) {
      await run.process.terminate(limits.terminate);
      await run.process.exited;
    }
    this.#phase = "closed";
    if (!this.row.ephemeral) this.#view = undefined;
    if (this.row.epoch !== null && !this.row.ephemeral) await this.#options.launcher.discard(this.id, this.row.epoch);
    this.#broadcast.resync("restarted");
    this.#announce();
  }

  /** Starts a closed session again. @throws PierError */
  async resume(): Promise<void> {
    if (this.row.status === "live") throw new PierError("CONFLICT", "The session is live already.");
    if (this.row.ephemeral) throw new PierError("CONFLICT", "The session was ephemeral: nothing of it was kept to resume.");
    this.#save({ status: "live" });
    this.#phase = "parked";
    try {
      await this.#ensureRun();
    } catch (error) {
      this.#save({ status: "closed" });
      this.#phase = "closed";
      throw error;
    }
  }

  /** Ends the process in order; the session is parked and starts again on first use. */
  async park(): Promise<void> {
    const run = this.#run ?? (await this.#starting?.catch(() => undefined));
    if (!run) return;
    await run.process.terminate(limits.terminate);
    await run.process.exited;
  }

  /** Gives the session another name, through pi where it runs. */
  async rename(name: string): Promise<void> {
    this.#save({ name });
    const run = this.#run;
    if (!run || this.#phase !== "live") return this.#announce();
    const id = this.#pending.ownId("question");
    await run.write(`${JSON.stringify({ id, type: "set_session_name", name })}\n`);
    await run.askState();
  }

  /** Lets go of the process without ending it: another daemon will find it. */
  async release(): Promise<void> {
    this.#cancelStateCheck?.();
    this.#dialogs.closeAll();
    await this.#run?.process.release();
  }

  /** Sends a frame to every attached client. */
  tell(frame: string): void {
    this.#broadcast.send(frame, this.#view?.fold.seq ?? 0);
  }

  /** A connection ended: nothing is to be told to it any more. */
  forget(asker: Asker): void {
    this.#pending.forget(asker);
    this.#prompts.forget(asker);
  }

  /** Who watches the list changed. */
  viewersChanged(): void {
    this.#dialogs.viewersChanged();
  }

  async #adopt(process: AgentProcess): Promise<void> {
    const run = this.#newRun(process);
    const recovered = run.recover(() => {
      this.#run = run;
      this.#watchProcess(run);
      if (run.fold.file !== undefined) this.#view = { fold: run.fold, epoch: run.epoch, process };
      for (const dialog of run.fold.ui.dialogs.values()) this.#dialogs.raised(dialog);
    });
    // Attaching waits for the fold only; a suspended process may not answer for hours.
    const caughtUp = new Promise<void>((resolve) => {
      void process.exited.then(() => resolve());
      void recovered.then(resolve, resolve);
      const look = (): void => (this.#view ? resolve() : void this.#options.clock.after(10, look));
      look();
    });
    void recovered.then(
      () => this.#opened(run, this.#prompts.undelivered(run.epoch, run.fold.receipts)),
      (error: unknown) => this.#options.onLog("warn", "a process ended while it was taken over", { session: this.id, error: sentence(error) }),
    );
    await caughtUp;
  }

  #recoverParked(message: string): void {
    const { files } = this.#options;
    const file = this.row.sessionFile;
    this.#prompts.processEnded(message, (text) => file !== null && files.holdsPrompt(file, 0, text));
    this.#prompts.offerStale();
    this.#park();
    for (const entry of this.#prompts.undelivered("", new Set())) this.#deliver(entry);
  }

  #park(): void {
    this.#phase = this.row.status === "closed" ? "closed" : "parked";
    this.#options.onChange();
  }

  /** The process, started if there is none. */
  #ensureRun(): Promise<AgentRun> {
    if (this.#run) return Promise.resolve(this.#run);
    this.#starting ??= this.#startRun().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #startRun(): Promise<AgentRun> {
    const { row } = this;
    const { launcher } = this.#options;
    this.#phase = "starting";
    this.#options.onChange();
    const problem = this.#fileProblem();
    try {
      if (problem) throw new PierError("SESSION_START_FAILED", problem);
      const { cwd, provider, model, thinkingLevel, name, ephemeral, demo, piArgs, sessionFile } = row;
      const old = row.epoch;
      const process = await launcher.start({
        session: row.id,
        cwd,
        provider,
        model,
        thinkingLevel,
        name,
        ephemeral,
        demo,
        piArgs,
        sessionFile,
      });
      this.#save({ epoch: process.epoch, piVersion: process.piVersion, lastExit: null });
      if (old !== null) await launcher.discard(row.id, old);
      const run = this.#newRun(process);
      this.#run = run;
      this.#watchProcess(run);
      const gone = process.exited.then((exit) => {
        throw new PierError("SESSION_START_FAILED", exitSentence(exit));
      });
      await Promise.race([run.begin(), gone]).catch(async (error: unknown) => {
        await process.terminate(limits.terminate);
        throw error;
      });
      gone.catch(() => {});
      this.#opened(run, []);
      return run;
    } catch (error) {
      this.#run = undefined;
      this.#park();
      throw error instanceof PierError && error.code !== "PI_EXITED"
        ? error
        : new PierError("SESSION_START_FAILED", sentence(error), { cause: error });
    }
  }

  #opened(run: AgentRun, undelivered: PromptEntry[]): void {
    if (this.#run !== run) return;
    this.#phase = "live";
    this.#view = { fold: run.fold, epoch: run.epoch, process: run.process };
    this.#broadcast.resync("restarted");
    for (const entry of undelivered) this.#deliver(entry);
    this.#checkState(run);
    this.#announce();
  }

  #newRun(process: AgentProcess): AgentRun {
    const { files, clock, classify, onLog } = this.#options;
    const fold = new JournalFold(process.journalStart(), { classify, openFile: (file, size) => files.open(file, size) });
    return new AgentRun({
      process,
      fold,
      files,
      clock,
      stateId: () => this.#pending.ownId("state"),
      listener: {
        onFolded: (folded) => this.#onFolded(folded),
        onOldReply: (folded) => this.#onPromptReply(folded),
        onPause: () => this.#broadcast.pause(),
        onGarbage: (bytes) => {
          onLog("warn", "pi wrote something that is no record", { session: this.id, bytes });
          this.tell(noticeFrame(this.id, "warning", `pi wrote ${bytes} bytes that are no record; they were skipped.`));
        },
        onRebased: (reason) => this.#broadcast.resync(reason),
      },
    });
  }

  #onFolded(folded: Folded): void {
    this.#broadcast.push(folded.events, folded.seq);
    if (folded.ui) this.#onUiRequest(folded);
    if (folded.closedDialog !== undefined) this.#dialogs.closed(folded.closedDialog);
    if (folded.reply) this.#onReply(folded);
    for (const { value } of folded.events) {
      if (value.type !== "message_update") this.#onEvent(value.type, value);
    }
  }

  #onUiRequest(folded: Folded): void {
    const { text, value } = folded.ui as NonNullable<Folded["ui"]>;
    const dialog = this.#run?.fold.ui.dialogs.get(String(value.id));
    if (dialog) this.#onDialog(dialog);
    this.#broadcast.send(uiRequestFrame(this.id, folded.seq, text, dialog?.deadline), folded.seq);
  }

  #onDialog(dialog: Dialog): void {
    this.#dialogs.raised(dialog);
    this.#save({ attention: { reason: "question", ...(dialog.title !== undefined && { text: dialog.title }) } });
    this.#options.onChange();
  }

  #onReply(folded: Folded): void {
    const { id, record } = folded.reply as NonNullable<Folded["reply"]>;
    if (this.#onPromptReply(folded)) return;
    const command = this.#pending.settle(id, record.text);
    if (!command && id === "") this.#pending.settleUnnamed(String(record.value.command), record.text);
    if (command && commandSpec(command.type).effect === "change" && record.value.success === true) this.#refreshState();
  }

  #onPromptReply(folded: Folded): boolean {
    const { id, record } = folded.reply as NonNullable<Folded["reply"]>;
    if (wireIdKind(id) !== "prompt") return false;
    this.#prompts.answered(id, record.text, record.value.success === true);
    return true;
  }

  #onEvent(type: string, value: Payload): void {
    if (type === "message_end") this.#onMessage(value.message as AgentMessage);
    else if (type === "agent_start") this.#onRunning();
    else if (type === "agent_settled") this.#onSettled();
    else if (type === "response" || type === "session_info_changed" || type === "thinking_level_changed") this.#announce();
  }

  #onMessage(message: AgentMessage): void {
    const preview = previewOf(message);
    const failed = message.role === "assistant" && (message as { stopReason?: unknown }).stopReason === "error";
    const text = String((message as { errorMessage?: unknown }).errorMessage ?? "");
    this.#save({
      lastActiveAt: this.#options.clock.now(),
      ...(preview !== null && { preview }),
      ...(failed && { attention: { reason: "error" as const, text } }),
    });
    this.#rememberFile();
    this.#options.onChange();
  }

  #onRunning(): void {
    this.#save({ attention: null, lastActiveAt: this.#options.clock.now() });
    this.#announce();
  }

  #onSettled(): void {
    this.#rememberFile();
    if (this.row.sessionFile !== null || this.row.ephemeral) this.#prompts.saved();
    if (this.#broadcast.size === 0 && this.row.attention === null) this.#save({ attention: { reason: "finished" } });
    this.#refreshState();
    this.#announce();
    const run = this.#run;
    if (run && this.#pending.size === 0) {
      run.trimIfLarge().catch((error: unknown) => this.#options.onLog("warn", "the journal could not be trimmed", { error: sentence(error) }));
    }
  }

  /** The session file counts from when it is really there: pi names it before it writes it. */
  #rememberFile(): void {
    const file = this.#run?.fold.live.pi?.sessionFile;
    if (file === undefined || file === this.row.sessionFile || this.row.ephemeral) return;
    if (this.#options.files.size(file) !== null) this.#save({ sessionFile: file });
  }

  #refreshState(): void {
    this.#run?.askState().catch(() => {});
  }

  #deliver(entry: PromptEntry): void {
    this.#outbox = this.#outbox.then(async () => {
      try {
        const run = await this.#ensureRun();
        await run.whenOpen();
        await this.#prompts.deliver(entry, run);
      } catch (error) {
        const code = error instanceof PierError && error.code === "PI_EXITED" ? "PI_EXITED" : "SESSION_START_FAILED";
        this.#prompts.failed(entry, code, sentence(error));
        this.#announce();
      }
    });
  }

  #send(command: ClientCommand, write: (run: AgentRun) => Promise<void>): void {
    this.#outbox = this.#outbox.then(async () => {
      try {
        const run = await this.#ensureRun();
        await run.whenOpen();
        // Not awaited: a full pipe must not keep back what the process itself orders.
        write(run).catch((error: unknown) => refuse(this.id, command, "PI_EXITED", sentence(error)));
      } catch (error) {
        refuse(this.id, command, error instanceof PierError ? error.code : "INTERNAL", sentence(error));
      }
    });
  }

  #cancelDialogs(): void {
    // An open dialog would keep pi from ending the turn.
    for (const id of this.#run?.fold.ui.dialogs.keys() ?? []) this.#closeDialog(id, { cancelled: true }, "answered");
  }

  /** @param answer what to tell pi; null when it goes on by itself */
  #closeDialog(id: string, answer: DialogAnswer | null, reason: "answered" | "expired"): void {
    const run = this.#run;
    if (!run?.fold.ui.dialogs.delete(id)) return;
    this.#dialogs.closed(id);
    const response = answer ? `${JSON.stringify({ type: "extension_ui_response", id, ...answer })}\n` : "";
    // The note follows the answer in one piece, so that a later daemon knows whether pi got it.
    run
      .write(`${response}${noteLine({ note: "dialog", id })}\n`, limits.atomicWrite)
      .catch((error: unknown) => this.#options.onLog("warn", "a dialog's answer was not delivered", { error: sentence(error) }));
    this.tell(JSON.stringify({ type: "extension_ui_resolved", session: this.id, id, reason }));
    if (run.fold.ui.dialogs.size === 0 && this.row.attention?.reason === "question") this.#save({ attention: null });
    this.#options.onChange();
  }

  #watchProcess(run: AgentRun): void {
    void run.process.exited.then((exit) => this.#onExit(run, exit));
  }

  #onExit(run: AgentRun, exit: ExitInfo): void {
    if (this.#run !== run) return;
    const { files, onLog } = this.#options;
    const message = exitSentence(exit);
    const opened = this.#phase !== "starting";
    this.#run = undefined;
    this.#cancelStateCheck?.();
    this.#suspended = false;
    run.end(exit);
    run.fold.interrupt();
    this.#dialogs.closeAll();
    const { file } = run.fold;
    this.#prompts.processEnded(message, (text) => file?.path != null && files.holdsPrompt(file.path, file.size, text));
    this.#pending.failAll("PI_EXITED", message);
    const unexpected = this.#phase === "live" || this.#phase === "recovering";
    this.#save({
      lastExit: { code: exit.code, ...(exit.signal !== null && { signal: exit.signal }), message },
      ...(unexpected && opened && this.row.status === "live" && { attention: { reason: "error" as const, text: message } }),
    });
    if (unexpected) onLog("warn", "pi ended", { session: this.id, code: exit.code, signal: exit.signal });
    if (opened) {
      this.#park();
      this.#broadcast.resync("restarted");
    }
    this.#announce();
  }

  #checkState(run: AgentRun): void {
    this.#cancelStateCheck = this.#options.clock.after(limits.stateCheck, () => {
      if (this.#run !== run) return;
      const suspended = run.process.suspended();
      if (suspended !== this.#suspended) {
        this.#suspended = suspended;
        this.#announce();
      }
      this.#checkState(run);
    });
  }

  #openView(): NonNullable<Session["view"]> {
    if (this.#view) return this.#view;
    const { files, classify } = this.#options;
    const fold = new JournalFold(0, { classify, openFile: (file, size) => files.open(file, size) });
    const path = this.row.sessionFile;
    const size = path === null ? null : files.size(path);
    fold.file = { path, size: size ?? 0 };
    if (path !== null && size !== null && !this.#fileProblem()) fold.items.rebase(files.open(path, size), 0);
    // Not kept: another program may go on in the file.
    return { fold, epoch: `file-${size ?? 0}`, process: null };
  }

  /** Only for its type. */
  declare readonly view: { fold: JournalFold; epoch: string; process: AgentProcess | null };

  #read(view: { fold: JournalFold; process: AgentProcess | null }, item: Item): ItemContent {
    return readItem(item, {
      files: this.#options.files,
      file: view.fold.file?.path ?? null,
      readJournal: (start, end) => {
        if (!view.process) throw new PierError("HISTORY_GONE", "The journal is gone: attach anew.");
        return view.process.readText(start, end);
      },
    });
  }

  #fileProblem(): string | null {
    return this.row.sessionFile === null ? null : this.#options.files.problem(this.row.sessionFile);
  }

  async #waitForView(): Promise<void> {
    const { clock } = this.#options;
    let cancel = (): void => {};
    const enough = new Promise<void>((resolve) => {
      cancel = clock.after(limits.viewWait, resolve);
    });
    const settled = this.#run && this.#view && this.#run.fold.file === undefined ? this.#run.whenOpen().catch(() => {}) : undefined;
    await Promise.race([Promise.all([this.#viewReady, settled]), enough]);
    cancel();
  }

  #save(change: Partial<SessionRow>): void {
    Object.assign(this.row, change);
    try {
      this.#options.save(change);
    } catch (error) {
      this.#options.onLog("error", "a session's record could not be kept", { session: this.id, error: sentence(error) });
    }
  }

  /** Tells attached clients and the list what changed. */
  #announce(): void {
    const frame = { type: "session", session: this.id, info: this.info, offered: this.offered };
    this.tell(JSON.stringify(frame));
    this.#options.onChange();
  }
}

function bashNote(id: string, text: string): string {
  const { command, excludeFromContext } = JSON.parse(text) as { command?: unknown; excludeFromContext?: unknown };
  const note = { note: "bash", id, command: String(command ?? ""), excludeFromContext: excludeFromContext === true } as const;
  return `${noteLine(note)}\n`;
}

function noticeFrame(session: string, level: "info" | "warning" | "error", message: string): string {
  return JSON.stringify({ type: "notice", session, level, message });
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
