import { type ErrorCode, type OfferedPrompt, PierError, replaceMembers } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { SavedPrompt } from "./agent-process.ts";
import { type Asker, type ClientCommand, refuse } from "./asker.ts";
import { type EndedProcess, leftNothing, offeredAgain } from "./ended-process.ts";
import { errorSentence } from "./error-sentence.ts";
import { commandLine, replyFrame } from "./frame-text.ts";
import { matchSaved } from "./match-saved.ts";
import { noteLine } from "./notes.ts";
import { againEpoch, imageCount, isUngiven, type PromptEntry, type PromptLedger, promptText } from "./prompt-ledger.ts";
import { wireIds } from "./wire-id.ts";

export interface PromptsOptions {
  session: string;
  ledger: PromptLedger;
  newId: () => string;
  now: () => number;
  /** Something could not be kept; the prompts go on in memory. */
  onError: (message: string, error: unknown) => void;
}

/** What a process must offer to take prompts. */
export interface PromptTarget {
  epoch: string;
  write(lines: string, atomicTail?: number): Promise<void>;
}

/**
 * Carries prompts from clients to pi exactly once.
 *
 * A prompt is on disk before it is written. Its last bytes and a note go to pi in one atomic write, so that after a
 * crash the note's echo in the journal says whether pi got it.
 */
export class Prompts {
  readonly #options: PromptsOptions;
  /** What is not done, and what is but could not be kept so. Nobody else changes a session's entries. */
  #known: Map<string, PromptEntry> | undefined;
  /** Prompts on their way to pi, or given to it, by this daemon. */
  readonly #underway = new Set<string>();
  /** Offers that a person took. */
  readonly #resent = new Set<string>();
  /** When pi answered a prompt, ms since 1970. */
  readonly #answeredAt = new Map<string, number>();
  /** Who waits for the reply, by the id that pi knows. */
  readonly #askers = new Map<string, { asker: Asker; id: string | null; type: string }>();

  constructor(options: PromptsOptions) {
    this.#options = options;
  }

  /** Whether pi was given prompts that it did not answer yet. */
  get unanswered(): boolean {
    return this.#open().some((entry) => entry.state === "accepted");
  }

  /** Whether somebody waits for the reply to a prompt. */
  get waiting(): boolean {
    return this.#askers.size > 0;
  }

  /** Takes a prompt; null when it was taken before and only its reply is wanted again, or when it was refused. */
  accept(command: ClientCommand): PromptEntry | null {
    const { session, ledger, newId, now } = this.#options;
    const found = command.id === null ? undefined : ledger.find(session, command.asker.clientId, command.id);
    if (found) return this.#repeat(this.#entries().get(found.id) ?? found, command);
    const waiting = this.#open().filter((entry) => entry.state !== "answered").length;
    if (waiting >= limits.prompts) {
      refuse(session, command, "TOO_MANY", `${waiting} prompts wait for pi: wait, or clear the queue.`);
      return null;
    }
    const entry: PromptEntry = {
      id: wireIds.prompt + newId(),
      session,
      clientId: command.asker.clientId,
      commandId: command.id,
      command: replaceMembers(command.text, ["id"], ""),
      epoch: null,
      state: "accepted",
      reply: null,
      acceptedAt: now(),
    };
    ledger.accept(entry);
    this.#entries().set(entry.id, entry);
    return this.#begin(entry, command);
  }

  /** Gives a prompt to pi. @throws PierError `STORAGE`, and what the target throws */
  async deliver(entry: PromptEntry, target: PromptTarget): Promise<void> {
    const again = entry.epoch === againEpoch;
    this.#save(entry, { epoch: target.epoch });
    // What it steered is over. Another turn may be under way, then it waits its turn.
    const sent = '"type":"prompt","streamingBehavior":"followUp"';
    const command = again ? replaceMembers(entry.command, ["type", "streamingBehavior"], sent) : entry.command;
    const note = `${noteLine({ note: "prompt", id: entry.id })}\n`;
    // The prompt's end, its line feed and the note are one atomic write: the note is never there without the prompt.
    await target.write(commandLine(command, entry.id) + note, limits.atomicWrite);
  }

  /** pi's reply to a prompt; one that an earlier daemon saw changes nothing. */
  answered(id: string, text: string, success: boolean, handled: boolean): void {
    const entry = this.#entries().get(id);
    if (entry && entry.reply === null) {
      this.#answeredAt.set(id, this.#options.now());
      this.#keep(entry, { state: success && !handled ? "answered" : "done", reply: text });
    }
    const waiting = this.#askers.get(id);
    this.#askers.delete(id);
    waiting?.asker.reply(replyFrame(this.#options.session, text, id, waiting.id));
  }

  /** A turn ended and pi saved it: what was answered needs no more care, but is remembered for a while. */
  saved(): void {
    for (const entry of this.#open()) if (entry.state === "answered") this.#keep(entry, { state: "done" });
    const { ledger, session, now, onError } = this.#options;
    try {
      const isOld = (entry: PromptEntry): boolean => now() - entry.acceptedAt > limits.promptMemory;
      for (const entry of ledger.list(session)) if (entry.state === "done" && isOld(entry)) ledger.remove(entry.id);
    } catch (error) {
      onError("old prompts could not be forgotten", error);
    }
  }

  /** The prompts that neither pi nor this daemon's queue has: for `epoch` what has no receipt, though all before was read. */
  undelivered(epoch: string, receipts: ReadonlySet<string>): PromptEntry[] {
    const lost = this.#open().filter(
      (entry) =>
        entry.state === "accepted" &&
        (isUngiven(entry) || entry.epoch === epoch) &&
        !receipts.has(entry.id) &&
        !this.#underway.has(entry.id),
    );
    const isStale = (entry: PromptEntry): boolean => this.#options.now() - entry.acceptedAt > limits.promptStale;
    // After a while nobody expects it any more: a person decides.
    for (const entry of lost.filter(isStale)) this.#offer(entry, "The prompt is old and was never given to pi.");
    const fresh = lost.filter((entry) => !isStale(entry));
    for (const { id } of fresh) this.#underway.add(id);
    return fresh;
  }

  /**
   * A process ended. Prompts that it did not save are offered to whoever comes next.
   *
   * @param living the epoch of a process that did not end
   */
  processEnded(ended: EndedProcess, living?: string): void {
    const isGiven = (entry: PromptEntry): boolean => !isUngiven(entry) && entry.epoch !== living;
    const given = this.#open().filter((entry) => entry.state !== "offered" && isGiven(entry));
    if (given.length === 0) return;
    const since = Math.min(...given.map((entry) => entry.acceptedAt));
    const { entries, messages } = this.#readSaved(ended, since);
    const saved = matchSaved(entries, messages);
    for (const entry of given) {
      this.#underway.delete(entry.id);
      if (saved.has(entry.id) || leftNothing(entry, ended, { messages, repliedFor: this.#repliedFor(entry) })) {
        this.#keep(entry, { state: "done" });
        this.#refuseAsker(entry, "PI_EXITED", ended.message);
      } else {
        this.#offer(entry, ended.message);
      }
    }
  }

  /** A prompt could not be given to pi: its asker is told, and it is not kept unless a person had it offered. */
  failed(entry: PromptEntry, error: unknown): void {
    if (!this.#underway.delete(entry.id)) return;
    const code = error instanceof PierError ? error.code : "SESSION_START_FAILED";
    const message = errorSentence(error);
    if (code === "PI_EXITED" || this.#resent.has(entry.id)) return this.#offer(entry, message, code);
    this.#refuseAsker(entry, code, message);
    try {
      this.#options.ledger.remove(entry.id);
      this.#entries().delete(entry.id);
    } catch (cause) {
      this.#options.onError("a prompt that failed could not be forgotten", cause);
    }
  }

  /** Prompts that a person may send again or dismiss. */
  offered(): OfferedPrompt[] {
    return this.#open()
      .filter((entry) => entry.state === "offered")
      .map((entry) => ({ id: entry.id, text: promptText(entry), images: imageCount(entry) }));
  }

  /** Takes an offer: the entry, ready to be delivered again; undefined when there is none. @throws PierError `STORAGE` */
  take(id: string): PromptEntry | undefined {
    const entry = this.#offeredEntry(id);
    if (!entry) return undefined;
    this.#save(entry, { epoch: againEpoch, state: "accepted", reply: null });
    this.#underway.add(id);
    this.#resent.add(id);
    return entry;
  }

  /** Forgets an offer. Returns whether there was one. @throws PierError `STORAGE` */
  dismiss(id: string): boolean {
    const entry = this.#offeredEntry(id);
    if (!entry) return false;
    this.#save(entry, { state: "done" });
    return true;
  }

  /** Forgets an asker whose connection ended; its prompts go on. */
  forget(asker: Asker): void {
    for (const [id, waiting] of this.#askers) if (waiting.asker === asker) this.#askers.delete(id);
  }

  /** A command that came again: its reply when there is one, otherwise it is waited for, never given to pi twice. */
  #repeat(entry: PromptEntry, command: ClientCommand): PromptEntry | null {
    const { session } = this.#options;
    if (entry.reply !== null) command.asker.reply(replyFrame(session, entry.reply, entry.id, command.id));
    else if (entry.state === "offered")
      refuse(session, command, "PI_EXITED", `pi ended before it answered. ${offeredAgain}`);
    else if (entry.state === "done")
      refuse(session, command, "PI_EXITED", "pi ended before it answered, but it saved the prompt.");
    else if (this.#underway.has(entry.id) || !isUngiven(entry)) this.#wait(entry, command);
    else return this.#begin(entry, command);
    return null;
  }

  #begin(entry: PromptEntry, command: ClientCommand): PromptEntry {
    this.#underway.add(entry.id);
    this.#wait(entry, command);
    return entry;
  }

  #wait({ id }: PromptEntry, command: ClientCommand): void {
    this.#askers.set(id, { asker: command.asker, id: command.id, type: command.type });
  }

  #offer(entry: PromptEntry, message: string, code: ErrorCode = "PI_EXITED"): void {
    this.#keep(entry, { state: "offered" });
    this.#refuseAsker(entry, code, `${message} ${offeredAgain}`);
  }

  #refuseAsker({ id }: PromptEntry, code: ErrorCode, message: string): void {
    const waiting = this.#askers.get(id);
    this.#askers.delete(id);
    if (waiting) refuse(this.#options.session, waiting, code, message);
  }

  /** All entries and the user's messages since; none of these when they cannot be read: rather offered than lost. */
  #readSaved(ended: EndedProcess, since: number): { entries: PromptEntry[]; messages: SavedPrompt[] } {
    const { ledger, session, onError } = this.#options;
    try {
      return { entries: ledger.list(session), messages: ended.savedSince(since) };
    } catch (error) {
      onError("what pi saved could not be read", error);
      return { entries: [], messages: [] };
    }
  }

  /** How long ago pi replied to a prompt, ms; at most, when an earlier daemon saw it. */
  #repliedFor(entry: PromptEntry): number {
    return this.#options.now() - (this.#answeredAt.get(entry.id) ?? entry.acceptedAt);
  }

  #offeredEntry(id: string): PromptEntry | undefined {
    const entry = this.#entries().get(id);
    return entry?.state === "offered" ? entry : undefined;
  }

  /** Keeps a change or throws. */
  #save(entry: PromptEntry, change: Partial<Pick<PromptEntry, "epoch" | "state" | "reply">>): void {
    try {
      this.#options.ledger.update(entry.id, change);
    } catch (cause) {
      throw new PierError("STORAGE", `The prompt could not be kept: ${errorSentence(cause)}`, { cause });
    }
    Object.assign(entry, change);
    if (entry.state !== "done") return;
    this.#entries().delete(entry.id);
    this.#answeredAt.delete(entry.id);
  }

  /** Keeps a change that holds whether or not it can be written down. */
  #keep(entry: PromptEntry, change: Partial<Pick<PromptEntry, "epoch" | "state" | "reply">>): void {
    try {
      this.#save(entry, change);
    } catch (error) {
      Object.assign(entry, change);
      this.#options.onError("a prompt's state could not be kept", error);
    }
  }

  #open(): PromptEntry[] {
    return [...this.#entries().values()].filter((entry) => entry.state !== "done");
  }

  #entries(): Map<string, PromptEntry> {
    const { ledger, session } = this.#options;
    this.#known ??= new Map(
      ledger
        .list(session)
        .filter((entry) => entry.state !== "done")
        .map((entry) => [entry.id, entry]),
    );
    return this.#known;
  }
}
