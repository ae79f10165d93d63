import {
  commandSpec,
  type Dialog,
  type DialogAnswer,
  type FoundMessages,
  type OfferedPrompt,
  PierError,
  type SessionInfo,
  type Window,
} from "@pier/protocol";
import { type Asker, type ClientCommand, refuse } from "./asker.ts";
import type { Subscriber } from "./event-stream.ts";
import { FileWatch } from "./file-watch.ts";
import { LiveFileWatch } from "./live-file-watch.ts";
import type { SearchOptions } from "./search-items.ts";
import { SessionLife } from "./session-life.ts";
import type { AttachOptions, SessionOptions } from "./session-options.ts";
import type { SessionRow } from "./session-row.ts";
import { SessionRuntime } from "./session-runtime.ts";
import type { Page } from "./window.ts";
import { withUploads } from "./with-uploads.ts";

/**
 * A durable conversation: at most one pi process at a time, any number of clients, and the transcript of both. It is
 * the only one that speaks to its process.
 */
export class Session {
  readonly row: SessionRow;
  readonly #options: SessionOptions;
  readonly #runtime: SessionRuntime;
  readonly #life: SessionLife;
  readonly #fileWatch: FileWatch;
  readonly #liveFileWatch: LiveFileWatch;
  #removed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.row = options.row;
    this.#runtime = new SessionRuntime(options);
    this.#life = new SessionLife(options, this.#runtime);
    const { broadcast } = this.#runtime;
    this.#fileWatch = new FileWatch({
      clock: options.clock,
      size: () => this.#fileSize(),
      watched: () => broadcast.size > 0,
      onChange: () => broadcast.resync("grown"),
    });
    this.#liveFileWatch = new LiveFileWatch({
      clock: options.clock,
      files: options.files,
      run: () => this.#runtime.slot.run,
      watched: () => broadcast.size > 0,
      tell: (problem) => this.tell(this.#runtime.notice("warning", problem)),
    });
  }

  get id(): string {
    return this.row.id;
  }

  get info(): SessionInfo {
    return this.#runtime.info;
  }

  /** Questions that wait for an answer. */
  get dialogs(): Dialog[] {
    return [...(this.#runtime.slot.run?.fold.ui.dialogs.values() ?? [])];
  }

  get offered(): OfferedPrompt[] {
    return this.#runtime.offered;
  }

  /** Starts a process. @throws PierError when pi does not start */
  async start(): Promise<void> {
    await this.#runtime.slot.ensure();
  }

  /** Takes over the process that an earlier daemon left, or parks the session when there is none. Never throws. */
  async recover(): Promise<void> {
    await this.#runtime.recover();
  }

  /**
   * Subscribes to the session. `send` takes the frames that bring the subscriber to the present; live frames follow.
   *
   * @returns a function that ends the subscription
   */
  async attach(subscriber: Subscriber, options: AttachOptions, send: (frames: string[]) => void): Promise<() => void> {
    const view = await this.#runtime.view();
    this.#life.check();
    if (this.#removed) throw new PierError("SESSION_NOT_FOUND", "The session is gone: nothing of it was kept.");
    const { cursor, window, whole, interval } = options;
    const { info, offered, id: session } = this;
    const frames = view.frames({ session, info, offered, cursor, window, whole });
    const problem = view.process ? this.#liveFileWatch.problem : this.#fileProblem();
    if (problem !== null) frames.push(this.#runtime.notice("warning", problem));
    this.#fileWatch.saw(view.process ? undefined : view.fold.file?.size);
    // From the cut to the subscription nothing is awaited: no event falls between.
    const leave = this.#runtime.broadcast.add(subscriber, interval);
    this.#liveFileWatch.begin();
    send(frames);
    if (options.looking ?? true) this.#runtime.lookers.add(subscriber);
    if (options.looking ?? true) this.#runtime.keeper.onSeen();
    this.#runtime.viewersChanged();
    return () => {
      leave();
      this.#runtime.lookers.delete(subscriber);
      this.#runtime.viewersChanged();
    };
  }

  /** A person who is subscribed begins to look, and sees how the last turn ended, or looks elsewhere. */
  look(subscriber: Subscriber, looking: boolean): void {
    if (!looking) return void this.#runtime.lookers.delete(subscriber);
    this.#runtime.lookers.add(subscriber);
    this.markRead();
  }

  /** Takes a command of a client. Its reply, or a refusal, goes to the asker. */
  command(command: ClientCommand): void {
    if (this.row.status === "closed") {
      return refuse(this.id, command, "SESSION_CLOSED", "The session is closed: resume it first.");
    }
    // An open dialog would keep pi from ending the turn.
    if (command.type === "abort") this.#runtime.dialogs.cancelAll();
    const isPrompt = commandSpec(command.type).effect === "prompt";
    try {
      const given = withUploads(command, isPrompt, (ids) => this.#options.takeUploads(this.id, ids));
      this.#runtime.commands.take(given);
    } catch (error) {
      if (!(error instanceof PierError)) throw error;
      refuse(this.id, command, error.code, error.message);
    }
  }

  /** Answers a dialog; the first answer wins. @throws PierError `DIALOG_NOT_FOUND` */
  answerDialog(id: string, answer: DialogAnswer): void {
    this.#runtime.dialogs.answer(id, answer);
  }

  /** A page of the transcript. @throws PierError `HISTORY_GONE` */
  async history(before: string | undefined, window: Window | undefined): Promise<Page> {
    return (await this.#runtime.view()).page(this.id, before, window);
  }

  /** One string of one message, whole. @throws PierError `NOT_FOUND` */
  async body(key: string, path: readonly string[]): Promise<string> {
    return (await this.#runtime.view()).body(key, path);
  }

  /** Looks through the transcript. @throws PierError `HISTORY_GONE` */
  async search(options: SearchOptions): Promise<FoundMessages> {
    return (await this.#runtime.view()).search(options, this.#options.clock);
  }

  /** Sends a prompt that pi never saved again, or forgets it. @throws PierError `NOT_FOUND` */
  settleOffer(id: string, action: "send" | "dismiss"): void {
    this.#runtime.commands.settleOffer(id, action);
    this.#runtime.announce();
  }

  /** The end of pi's stderr. */
  async logs(): Promise<string> {
    const { run } = this.#runtime.slot;
    if (run) return run.process.stderr();
    return this.row.epoch === null ? "" : this.#options.launcher.stderrOf(this.id, this.row.epoch);
  }

  /** Ends the process and closes the session. */
  async close(): Promise<void> {
    await this.#life.close();
  }

  /** Ends what an earlier daemon left of a process that was to end. */
  async completeClose(): Promise<void> {
    await this.#life.completeClose();
  }

  /** Starts a closed session again. @throws PierError `CONFLICT`, `SESSION_START_FAILED`, `SESSION_NOT_FOUND` */
  async resume(): Promise<void> {
    await this.#life.resume();
  }

  /** Ends the session for good; what is left of it is its row and its file. @throws PierError `STORAGE` */
  async condemn(removal: NonNullable<SessionRow["removal"]>): Promise<void> {
    await this.#life.condemn(removal);
  }

  /** The session could not be deleted after all. */
  spare(): void {
    this.#life.spare();
  }

  /** Ends the process in order; the session is parked and starts again on first use. */
  async park(): Promise<void> {
    await this.#runtime.slot.terminate();
  }

  /** Nothing of the session is left: whoever follows it is told, in a sentence. */
  removed(reason: string): void {
    this.#removed = true;
    this.tell(JSON.stringify({ type: "detached", session: this.id, reason }));
    this.#runtime.hide();
  }

  /** Gives the session another name, through pi where it runs, or changes how people want to see it. */
  async update({ name, renderMarkdown }: { name?: string; renderMarkdown?: boolean }): Promise<void> {
    this.#life.check();
    if (renderMarkdown !== undefined) this.#runtime.keeper.save({ renderMarkdown });
    if (name !== undefined) await this.#runtime.rename(name);
    else this.#runtime.announce();
  }

  /** Somebody saw how the last turn ended. */
  markRead(): void {
    if (this.#runtime.keeper.onSeen()) this.#runtime.announce();
  }

  /** Lets go of the process without ending it: another daemon will find it. */
  async release(): Promise<void> {
    this.#fileWatch.stop();
    this.#liveFileWatch.stop();
    this.#runtime.keeper.flush();
    this.#runtime.dialogs.closeAll();
    this.#runtime.shell.clear();
    this.#runtime.commands.release();
    await this.#runtime.slot.release();
    this.#runtime.hide();
  }

  /** What others know of it changed. */
  announce(): void {
    this.#runtime.announce();
  }

  #fileProblem(): string | null {
    return this.row.sessionFile === null ? null : this.#options.files.problem(this.row.sessionFile);
  }

  /** How large the session file is where no process of ours writes it. */
  #fileSize(): number | undefined {
    const { sessionFile } = this.row;
    return this.#runtime.slot.run || sessionFile === null ? undefined : (this.#options.files.size(sessionFile) ?? 0);
  }

  /** Sends a frame to every attached client. */
  tell(frame: string): void {
    this.#runtime.tell(frame);
  }

  /** A connection ended: nothing is to be told to it any more. */
  forget(asker: Asker): void {
    this.#runtime.commands.forget(asker);
  }

  /** Who watches the list changed. */
  watchersChanged(): void {
    this.#runtime.dialogs.viewersChanged();
  }
}
