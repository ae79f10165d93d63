import { type OfferedPrompt, replaceMembers } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Asker, ClientCommand } from "./asker.ts";
import { refuse } from "./asker.ts";
import { commandLine, replyFrame } from "./frame-text.ts";
import { noteLine } from "./notes.ts";
import type { PromptEntry, PromptLedger } from "./prompt-ledger.ts";
import { wireIds } from "./wire-id.ts";

export interface PromptsOptions {
  session: string;
  ledger: PromptLedger;
  newId(): string;
  now(): number;
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
  /** Who waits for the reply, by the id that pi knows. */
  readonly #askers = new Map<string, { asker: Asker; id: string | null; type: string }>();

  constructor(options: PromptsOptions) {
    this.#options = options;
  }

  /** Whether somebody waits for the reply to a prompt. */
  get waiting(): boolean {
    return this.#askers.size > 0;
  }

  /** Takes a prompt; null when it was taken before and only its reply is wanted again, or when it was refused. */
  accept(command: ClientCommand): PromptEntry | null {
    const { session, ledger, newId, now } = this.#options;
    const known = command.id === null ? undefined : ledger.find(session, command.asker.clientId, command.id);
    if (known) {
      if (known.reply !== null) command.asker.reply(replyFrame(session, known.reply, known.id, command.id));
      else this.#askers.set(known.id, { asker: command.asker, id: command.id, type: command.type });
      return null;
    }
    const waiting = ledger.list(session).filter((entry) => entry.state !== "done");
    if (waiting.length >= limits.prompts) {
      refuse(session, command, "TOO_MANY", `${waiting.length} prompts wait for pi: wait, or clear the queue.`);
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
    this.#askers.set(entry.id, { asker: command.asker, id: command.id, type: command.type });
    return entry;
  }

  /** Gives a prompt to pi. */
  async deliver(entry: PromptEntry, target: PromptTarget): Promise<void> {
    this.#options.ledger.update(entry.id, { epoch: target.epoch });
    const note = `${noteLine({ note: "prompt", id: entry.id })}\n`;
    // The prompt's end, its line feed and the note are one atomic write: the note is never there without the prompt.
    await target.write(commandLine(entry.command, entry.id) + note, limits.atomicWrite);
  }

  /** pi's reply to a prompt. */
  answered(id: string, text: string, success: boolean): void {
    const { ledger, session } = this.#options;
    ledger.update(id, { state: success ? "answered" : "done", reply: text });
    const waiting = this.#askers.get(id);
    this.#askers.delete(id);
    waiting?.asker.reply(replyFrame(session, text, id, waiting.id));
  }

  /** A turn ended and pi saved it: what was answered needs no more care, but is remembered for a while. */
  saved(): void {
    const { ledger, session, now } = this.#options;
    for (const entry of ledger.list(session)) {
      if (entry.state === "answered") ledger.update(entry.id, { state: "done" });
      if (entry.state === "done" && now() - entry.acceptedAt > limits.promptMemory) ledger.remove(entry.id);
    }
  }

  /** The prompts of a journal that pi never got: they have no receipt, though everything before was read. */
  undelivered(epoch: string, receipts: ReadonlySet<string>): PromptEntry[] {
    return this.#open().filter(
      (entry) => entry.state === "accepted" && (entry.epoch === null || entry.epoch === epoch) && !receipts.has(entry.id),
    );
  }

  /**
   * The process ended. Prompts that it did not save are offered to whoever comes next.
   *
   * @param holds whether pi saved a user's message with this text
   */
  processEnded(message: string, holds: (text: string) => boolean): void {
    const { ledger, session } = this.#options;
    for (const entry of this.#open()) {
      if (entry.epoch === null) continue;
      const text = promptText(entry);
      // A command of an extension that was answered is done; it leaves no message.
      const handled = holds(text) || (entry.state === "answered" && text.startsWith("/"));
      ledger.update(entry.id, { state: handled ? "done" : "offered" });
      const waiting = this.#askers.get(entry.id);
      this.#askers.delete(entry.id);
      if (waiting) refuse(session, waiting, "PI_EXITED", handled ? message : `${message} The prompt was kept and is offered again.`);
    }
  }

  /** No process could be started for a prompt: its asker is told, and it is not kept. */
  failed(entry: PromptEntry, code: "SESSION_START_FAILED" | "PI_EXITED", message: string): void {
    this.#options.ledger.update(entry.id, { state: code === "PI_EXITED" ? "offered" : "done" });
    const waiting = this.#askers.get(entry.id);
    this.#askers.delete(entry.id);
    if (waiting) refuse(this.#options.session, waiting, code, message);
  }

  /** Prompts that a person may send again or dismiss. */
  offered(): OfferedPrompt[] {
    return this.#open()
      .filter((entry) => entry.state === "offered")
      .map((entry) => ({ id: entry.id, text: promptText(entry), images: imageCount(entry) }));
  }

  /** Takes an offer: the entry, ready to be delivered again; undefined when there is none. */
  take(id: string): PromptEntry | undefined {
    const entry = this.#open().find((candidate) => candidate.id === id && candidate.state === "offered");
    if (!entry) return undefined;
    const again: PromptEntry = { ...entry, id: wireIds.prompt + this.#options.newId(), epoch: null, state: "accepted", reply: null };
    // Delivered anew as a prompt: what it steered is over. Another turn may be under way, then it waits its turn.
    again.command = replaceMembers(entry.command, ["type", "streamingBehavior"], '"type":"prompt","streamingBehavior":"followUp"');
    again.commandId = null;
    this.#options.ledger.accept(again);
    this.#options.ledger.remove(id);
    return again;
  }

  /** Forgets an offer. Returns whether there was one. */
  dismiss(id: string): boolean {
    const found = this.#open().some((entry) => entry.id === id && entry.state === "offered");
    if (found) this.#options.ledger.update(id, { state: "done" });
    return found;
  }

  /** Makes offers of what must not be delivered without asking. */
  offerStale(): void {
    for (const entry of this.#open()) {
      if (entry.state === "accepted" && this.#options.now() - entry.acceptedAt > limits.promptStale) {
        this.#options.ledger.update(entry.id, { state: "offered" });
      }
    }
  }

  /** Forgets an asker whose connection ended; its prompts go on. */
  forget(asker: Asker): void {
    for (const [id, waiting] of this.#askers) if (waiting.asker === asker) this.#askers.delete(id);
  }

  #open(): PromptEntry[] {
    return this.#options.ledger.list(this.#options.session).filter((entry) => entry.state !== "done");
  }
}

function promptText(entry: PromptEntry): string {
  const message = (JSON.parse(entry.command) as { message?: unknown }).message;
  return typeof message === "string" ? message : "";
}

function imageCount(entry: PromptEntry): number {
  const images = (JSON.parse(entry.command) as { images?: unknown }).images;
  return Array.isArray(images) ? images.length : 0;
}
