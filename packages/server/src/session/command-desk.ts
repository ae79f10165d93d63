import { commandSpec, type ErrorCode, PierError } from "@pier/protocol";
import type { AgentLauncher, SessionFiles, ShellSettings } from "./agent-process.ts";
import type { AgentRun } from "./agent-run.ts";
import { type Asker, type ClientCommand, refuse } from "./asker.ts";
import type { Clock } from "./clock.ts";
import type { EndedProcess } from "./ended-process.ts";
import { errorSentence } from "./error-sentence.ts";
import { commandLine } from "./frame-text.ts";
import type { Folded } from "./journal-fold.ts";
import { isNoteType, noteLine } from "./notes.ts";
import { OwnShell } from "./own-shell.ts";
import { PendingCommands } from "./pending-commands.ts";
import type { ProcessSlot } from "./process-slot.ts";
import type { PromptEntry, PromptLedger } from "./prompt-ledger.ts";
import { Prompts } from "./prompts.ts";
import { wireIdKind } from "./wire-id.ts";

export interface CommandDeskOptions {
  session: string;
  /** Names this daemon's life. */
  runId: string;
  ledger: PromptLedger;
  files: SessionFiles;
  clock: Clock;
  newId: () => string;
  slot: ProcessSlot;
  launcher: AgentLauncher;
  /** Where the session's programs run. */
  settings: ShellSettings;
  /** A prompt is offered that was not before. */
  onOffered: () => void;
  onError: (message: string, error: unknown) => void;
}

/** Carries commands of clients to pi, in their order, and the replies back. */
export class CommandDesk {
  readonly prompts: Prompts;
  readonly #options: CommandDeskOptions;
  readonly #pending: PendingCommands;
  readonly #ownShell: OwnShell;
  /** What goes to pi goes one after the other. */
  #outbox: Promise<void> = Promise.resolve();
  #released = false;
  /** Resolves when no other conversation is about to take this one's place. */
  #switching: Promise<void> = Promise.resolve();

  constructor(options: CommandDeskOptions) {
    this.#options = options;
    const { session, runId, ledger, newId, clock, onError } = options;
    this.#pending = new PendingCommands(session, runId);
    this.#ownShell = new OwnShell({
      launcher: options.launcher,
      settings: options.settings,
      onError: (error) => onError("a shell command was not followed to its end", error),
    });
    this.prompts = new Prompts({ session, ledger, newId, now: () => clock.now(), onError });
  }

  /** An id for a `get_state` of the daemon. */
  stateId(): string {
    return this.#pending.ownId("state");
  }

  /** Whether somebody waits for pi's reply. */
  get waiting(): boolean {
    return this.#pending.size > 0 || this.prompts.waiting;
  }

  take(command: ClientCommand): void {
    const problem = this.#problem(command);
    if (problem !== null) return refuse(this.#options.session, command, "BAD_REQUEST", problem);
    const { effect } = commandSpec(command.type);
    if (effect === "prompt") return this.#takePrompt(command);
    if (!this.#pending.admits(command)) return;
    const shell = effect === "bash" ? parseShell(command.text) : undefined;
    const write = async (run: AgentRun): Promise<void> => {
      const id = this.#pending.add(effect === "bash" ? "bash" : "command", command);
      const fail = (error: unknown): void => this.#pending.fail(id, codeOf(error), errorSentence(error));
      if (shell?.excludeFromContext && !run.process.hidesShell)
        return this.#ownShell.run(run, id, shell.command).catch(fail);
      // pi knows nothing of those that it does not run.
      if (command.type === "abort_bash") this.#ownShell.abort();
      const line = commandLine(command.text, id);
      // pi goes on taking commands while it changes the conversation: what comes after must not reach the old one.
      if (effect === "switch") this.#switching = this.#pending.settled(id);
      await run.write(shell ? `${noteLine({ note: "bash", id, ...shell })}\n${line}` : line).catch(fail);
    };
    const { run } = this.#options.slot;
    // An abort that waits behind what it is to end would be of no use.
    if (command.type === "abort" && run) void write(run);
    else this.#enqueue(write, (error) => refuse(this.#options.session, command, codeOf(error), errorSentence(error)));
  }

  /** Passes a reply of pi on. */
  onReply(folded: Folded): void {
    if (!folded.reply) return;
    const { id, record } = folded.reply;
    const succeeded = record.value.success === true;
    if (wireIdKind(id) === "prompt")
      return this.prompts.answered(id, record.text, succeeded, isHandled(record.value.data));
    const command = this.#pending.settle(id, record.text);
    if (!command && id === "") this.#pending.settleUnnamed(String(record.value.command), record.text);
    if (command && succeeded && commandSpec(command.type).effect === "change") this.#refreshState();
  }

  /**
   * A process takes commands: gives it the prompts that an earlier daemon could not deliver.
   *
   * @param earlier what is known of the processes before it: a daemon may have died before it looked after their prompts
   */
  onOpened(run: AgentRun, earlier: EndedProcess): void {
    this.#ownShell.onRecovered(run);
    this.prompts.processEnded(earlier, run.epoch);
    for (const entry of this.prompts.undelivered(run.epoch, run.fold.receipts)) this.#deliver(entry);
  }

  /** A turn ended. */
  onSettled(run: AgentRun, saved: boolean, onTrimError: (error: unknown) => void): void {
    const { steering, followUp } = run.fold.live.queue;
    // After an abort messages may still wait in the queue; they are in no file.
    if (saved && steering.length === 0 && followUp.length === 0) this.prompts.saved();
    const mayTrim = this.#pending.size === 0 && !this.prompts.unanswered;
    const trimmed = mayTrim ? run.trimIfLarge() : Promise.resolve();
    // Asked afterwards: the reply would look like the beginning of something else.
    void trimmed.catch(onTrimError).then(() => this.#refreshState());
  }

  /** The process is gone. */
  onEnded(ended: EndedProcess): void {
    this.#ownShell.abort();
    this.prompts.processEnded(ended);
    this.#pending.failAll("PI_EXITED", ended.message);
  }

  /** An earlier daemon's process is gone: what it did not save is offered, what it never got is delivered. */
  recoverWithoutProcess(ended: EndedProcess): void {
    this.prompts.processEnded(ended);
    for (const entry of this.prompts.undelivered("", new Set())) this.#deliver(entry);
  }

  /** The daemon lets go of the process. */
  release(): void {
    this.#released = true;
    this.#ownShell.abort();
  }

  /** @throws PierError `NOT_FOUND` */
  settleOffer(id: string, action: "send" | "dismiss"): void {
    const entry = action === "send" ? this.prompts.take(id) : undefined;
    if (entry) return this.#deliver(entry);
    if (action === "send" || !this.prompts.dismiss(id)) {
      throw new PierError(
        "NOT_FOUND",
        "There is no such prompt to settle: somebody else did, or it was saved after all.",
      );
    }
  }

  /**
   * Tells pi its name; one that is ending need not know, the next gets it from the row.
   *
   * @param onHeard called when pi answered: what it said of its name before is older. One that is ending reads no more.
   */
  async setName(run: AgentRun, name: string, onHeard: () => void): Promise<void> {
    try {
      await run.write(`${JSON.stringify({ id: this.#pending.ownId("question"), type: "set_session_name", name })}\n`);
      run.askState().then(onHeard, () => {});
    } catch (error) {
      if (codeOf(error) !== "PI_EXITED") throw error;
    }
  }

  /** Ends what is under way, and waits for its end. @throws PierError `PI_EXITED` */
  async abort(run: AgentRun): Promise<void> {
    for (const type of run.fold.live.bash.size > 0 ? ["abort_bash", "abort"] : ["abort"]) {
      await run.write(`${JSON.stringify({ id: this.#pending.ownId("question"), type })}\n`);
    }
    await run.whenIdle();
  }

  /** Ends the direct shell commands that run. */
  abortShell(): void {
    this.#ownShell.abort();
    const command = JSON.stringify({ id: this.#pending.ownId("question"), type: "abort_bash" });
    // Where pi is gone they are gone as well.
    this.#options.slot.run?.write(`${command}\n`).catch(() => {});
  }

  forget(asker: Asker): void {
    this.#pending.forget(asker);
    this.prompts.forget(asker);
  }

  #problem(command: ClientCommand): string | null {
    if (isNoteType(command.type)) return `Commands of type ${command.type} are the daemon's own.`;
    if (command.type !== "switch_session") return null;
    // Old versions overwrite a file that is no session when they are told to switch to it.
    const { sessionPath } = JSON.parse(command.text) as { sessionPath?: unknown };
    if (typeof sessionPath !== "string" || !sessionPath.startsWith("/"))
      return "switch_session takes sessionPath, an absolute path.";
    return this.#options.files.problem(sessionPath);
  }

  #takePrompt(command: ClientCommand): void {
    try {
      const entry = this.prompts.accept(command);
      if (entry) this.#deliver(entry);
    } catch (error) {
      refuse(this.#options.session, command, "STORAGE", `The prompt could not be kept: ${errorSentence(error)}`);
    }
  }

  #deliver(entry: PromptEntry): void {
    this.#enqueue(
      (run) => this.prompts.deliver(entry, run),
      (error) => {
        // What was not written when the daemon lets go is the next one's.
        if (this.#released) return;
        this.prompts.failed(entry, error);
        this.#options.onOffered();
      },
    );
  }

  #enqueue(write: (run: AgentRun) => Promise<void>, onError: (error: unknown) => void): void {
    this.#outbox = this.#outbox.then(async () => {
      try {
        const run = await this.#options.slot.ensure();
        await this.#switching;
        await run.whenOpen();
        // Not awaited: the process keeps the order of its writes by itself, and one that is full need not hold up an error.
        write(run).catch(onError);
      } catch (error) {
        onError(error);
      }
    });
  }

  #refreshState(): void {
    this.#options.slot.run?.askState().catch(() => {});
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof PierError ? error.code : "INTERNAL";
}

/** Newer versions say when a command or a handler of an extension took a prompt: nothing will be saved of it. */
function isHandled(data: unknown): boolean {
  return (data as { disposition?: unknown } | undefined)?.disposition === "handled";
}

function parseShell(text: string): { command: string; excludeFromContext: boolean } {
  const { command, excludeFromContext } = JSON.parse(text) as { command?: unknown; excludeFromContext?: unknown };
  return { command: typeof command === "string" ? command : "", excludeFromContext: excludeFromContext === true };
}
