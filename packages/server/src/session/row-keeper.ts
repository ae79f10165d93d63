import { type AgentMessage, type Payload, PierError, type PiState } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Clock } from "./clock.ts";
import { errorSentence } from "./error-sentence.ts";
import { previewOf } from "./preview.ts";
import type { SessionRow } from "./session-row.ts";

export interface RowKeeperOptions {
  row: SessionRow;
  clock: Clock;
  save(change: Partial<SessionRow>): void;
  onError(message: string, error: unknown): void;
}

/** Keeps a session's row up to date with what happens in it: activity, last line, who is needed. */
export class RowKeeper {
  readonly row: SessionRow;
  readonly #options: RowKeeperOptions;
  #soon: Partial<SessionRow> = {};
  #cancelSoon: (() => void) | undefined;
  /** A name that somebody gave and pi has not heard: what it says it is called until then is older. */
  #givenName: string | undefined;

  constructor(options: RowKeeperOptions) {
    this.row = options.row;
    this.#options = options;
  }

  /** Keeps a change now. */
  save(change: Partial<SessionRow>): void {
    Object.assign(this.row, change);
    this.#write({ ...this.#soon, ...change });
  }

  /** Keeps a name that somebody gave, until `nameHeard` against what pi says. */
  giveName(name: string): void {
    this.#givenName = name;
    this.save({ name });
  }

  /** pi heard a name. */
  nameHeard(name: string): void {
    if (this.#givenName === name) this.#givenName = undefined;
  }

  /** Keeps a change before something is done that relies on it. @throws PierError `STORAGE` */
  saveOrThrow(change: Partial<SessionRow>): void {
    try {
      this.#options.save(change);
    } catch (cause) {
      throw new PierError("STORAGE", `The session's record could not be kept: ${errorSentence(cause)}`, { cause });
    }
    Object.assign(this.row, change);
  }

  /** Keeps a change within a moment: what a busy session changes all the time would keep the disk busy. */
  saveSoon(change: Partial<SessionRow>): void {
    Object.assign(this.row, change);
    this.#soon = { ...this.#soon, ...change };
    this.#cancelSoon ??= this.#options.clock.after(limits.rowInterval, () => this.#write(this.#soon));
  }

  /** Keeps what waits. */
  flush(): void {
    if (this.#cancelSoon) this.#write(this.#soon);
  }

  #write(change: Partial<SessionRow>): void {
    this.#cancelSoon?.();
    this.#cancelSoon = undefined;
    this.#soon = {};
    try {
      this.#options.save(change);
    } catch (error) {
      // The session goes on: what it says is in its journal.
      this.#options.onError("a session's record could not be kept", error);
    }
  }

  /** Notes what an event means for the list. Returns whether the list shows something new. */
  onEvent(event: Payload, seen: boolean): boolean {
    switch (event.type) {
      case "message_end":
        if (typeof event.message === "object" && event.message !== null) this.#onMessage(event.message as AgentMessage);
        return true;
      case "agent_start":
        this.saveSoon({ attention: null, lastExit: null, lastActiveAt: this.#options.clock.now() });
        return true;
      case "agent_settled":
        if (!seen && this.row.attention === null) this.saveSoon({ attention: { reason: "finished" } });
        return true;
      case "response":
      case "session_info_changed":
      case "thinking_level_changed":
        return true;
      default:
        return false;
    }
  }

  /**
   * pi told its state: the list goes on to show it when there is no process.
   *
   * @param isOpen false while it starts: then it does not know yet what it is called here
   */
  onState({ sessionName, model, thinkingLevel }: PiState, isOpen: boolean): void {
    const { row } = this;
    const change: Partial<SessionRow> = {};
    if (sessionName === this.#givenName) this.#givenName = undefined;
    const isNews = isOpen && this.#givenName === undefined && sessionName !== undefined && sessionName !== row.name;
    if (isNews) change.name = sessionName;
    // Without a session file these are what the next process is started with, as the person chose them.
    if (row.sessionFile !== null) {
      if (model && model.id !== row.model) Object.assign(change, { provider: model.provider, model: model.id });
      if (thinkingLevel !== undefined && thinkingLevel !== row.thinkingLevel) change.thinkingLevel = thinkingLevel;
    }
    if (Object.keys(change).length > 0) this.saveSoon(change);
  }

  /** A dialog asks for somebody. */
  onQuestion(title: string | undefined): void {
    this.saveSoon({ attention: { reason: "question", ...(title !== undefined && { text: title }) } });
  }

  onAnswered(): void {
    if (this.row.attention?.reason === "question") this.saveSoon({ attention: null });
  }

  /** Somebody looks at the session. Returns whether that was news. */
  onSeen(): boolean {
    if (!this.row.attention || this.row.attention.reason === "question") return false;
    this.saveSoon({ attention: null });
    return true;
  }

  #onMessage(message: AgentMessage): void {
    const preview = previewOf(message);
    const failed = message.role === "assistant" && (message as { stopReason?: unknown }).stopReason === "error";
    const { errorMessage } = message as { errorMessage?: unknown };
    const text = typeof errorMessage === "string" ? errorMessage : "";
    this.saveSoon({
      lastActiveAt: this.#options.clock.now(),
      ...(preview !== null && { preview }),
      ...(failed && { attention: { reason: "error" as const, text } }),
    });
  }
}
