import { commandSpec, PierError } from "@pier/protocol";
import type { SessionFiles } from "./agent-process.ts";
import type { AgentRun } from "./agent-run.ts";
import { type Asker, type ClientCommand, refuse } from "./asker.ts";
import type { Clock } from "./clock.ts";
import { errorSentence } from "./error-sentence.ts";
import { commandLine } from "./frame-text.ts";
import type { Folded } from "./journal-fold.ts";
import { isNoteType, noteLine } from "./notes.ts";
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
  newId(): string;
  slot: ProcessSlot;
}

/** Carries commands of clients to pi, in their order, and the replies back. */
export class CommandDesk {
  readonly prompts: Prompts;
  readonly #options: CommandDeskOptions;
  readonly #pending: PendingCommands;
  /** Prompts on their way to pi, by their ids. */
  readonly #delivering = new Set<string>();
  /** What goes to pi goes one after the other. */
  #outbox: Promise<void> = Promise.resolve();
  /** Resolves when no other conversation is about to take this one's place. */
  #switching: Promise<void> = Promise.resolve();

  constructor(options: CommandDeskOptions) {
    this.#options = options;
    const { session, runId, ledger, newId, clock } = options;
    this.#pending = new PendingCommands(session, runId);
    this.prompts = new Prompts({ session, ledger, newId, now: () => clock.now() });
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
    const write = async (run: AgentRun): Promise<void> => {
      const id = this.#pending.add(effect === "bash" ? "bash" : "command", command);
      const line = commandLine(command.text, id);
      // pi goes on taking commands while it changes the conversation: what comes after must not reach the old one.
      if (effect === "switch") this.#switching = this.#pending.settled(id);
      await run.write(effect === "bash" ? bashNote(id, command.text) + line : line);
    };
    const { run } = this.#options.slot;
    // An abort that waits behind what it is to end would be of no use.
    if (command.type === "abort" && run) write(run).catch((error: unknown) => this.#refuse(command, error));
    else this.#enqueue(write, (error) => this.#refuse(command, error));
  }

  /** Passes a reply of pi on. */
  onReply(folded: Folded): void {
    if (!folded.reply) return;
    const { id, record } = folded.reply;
    const succeeded = record.value.success === true;
    if (wireIdKind(id) === "prompt") return this.prompts.answered(id, record.text, succeeded);
    const command = this.#pending.settle(id, record.text);
    if (!command && id === "") this.#pending.settleUnnamed(String(record.value.command), record.text);
    if (command && succeeded && commandSpec(command.type).effect === "change") this.#refreshState();
  }

  /** A process takes commands: gives it the prompts that an earlier daemon could not deliver. */
  onOpened(run: AgentRun): void {
    for (const entry of this.prompts.undelivered(run.epoch, run.fold.receipts)) this.#deliver(entry);
  }

  /** A turn ended. */
  onSettled(run: AgentRun, saved: boolean, onTrimError: (error: unknown) => void): void {
    if (saved) this.prompts.saved();
    this.#refreshState();
    if (this.#pending.size === 0) run.trimIfLarge().catch(onTrimError);
  }

  /** The process is gone. */
  onEnded(message: string, holds: (text: string) => boolean): void {
    this.prompts.processEnded(message, holds);
    this.#pending.failAll("PI_EXITED", message);
  }

  /** An earlier daemon's process is gone: what it did not save is offered, what it never got is delivered. */
  recoverWithoutProcess(message: string, holds: (text: string) => boolean): void {
    this.prompts.processEnded(message, holds);
    this.prompts.offerStale();
    for (const entry of this.prompts.undelivered("", new Set())) this.#deliver(entry);
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

  async setName(run: AgentRun, name: string): Promise<void> {
    await run.write(`${JSON.stringify({ id: this.#pending.ownId("question"), type: "set_session_name", name })}\n`);
    await run.askState();
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
    // A process that this very prompt starts is asked for what an earlier daemon left, and finds it again.
    if (this.#delivering.has(entry.id)) return;
    this.#delivering.add(entry.id);
    const done = (): boolean => this.#delivering.delete(entry.id);
    this.#enqueue(
      (run) => this.prompts.deliver(entry, run).finally(done),
      (error) => {
        done();
        const ended = error instanceof PierError && error.code === "PI_EXITED";
        this.prompts.failed(entry, ended ? "PI_EXITED" : "SESSION_START_FAILED", errorSentence(error));
      },
    );
  }

  #refuse(command: ClientCommand, error: unknown): void {
    refuse(this.#options.session, command, error instanceof PierError ? error.code : "INTERNAL", errorSentence(error));
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

function bashNote(id: string, text: string): string {
  const { command, excludeFromContext } = JSON.parse(text) as { command?: unknown; excludeFromContext?: unknown };
  const note = {
    note: "bash",
    id,
    command: String(command ?? ""),
    excludeFromContext: excludeFromContext === true,
  } as const;
  return `${noteLine(note)}\n`;
}
