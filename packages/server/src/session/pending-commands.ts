import { type ErrorCode, limits } from "@pier/protocol";
import { type Asker, type ClientCommand, refuse } from "./asker.ts";
import { replyFrame } from "./frame-text.ts";
import { wireIdKind, wireIds } from "./wire-id.ts";

/** Commands that were given to pi and wait for their replies. */
export class PendingCommands {
  readonly #session: string;
  readonly #run: string;
  readonly #waiting = new Map<string, ClientCommand>();
  readonly #settled = new Map<string, () => void>();
  #count = 0;

  /** @param run names this daemon's life, so that ids of an earlier one cannot be taken for its own. */
  constructor(session: string, run: string) {
    this.#session = session;
    this.#run = run;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** An id for a command of the daemon itself. */
  ownId(kind: "state" | "question"): string {
    return `${wireIds[kind]}${this.#run}.${this.#count++}`;
  }

  /** Whether one more command may wait; a refused one was answered. */
  admits(command: ClientCommand): boolean {
    if (this.#waiting.size < limits.pendingCommands) return true;
    refuse(this.#session, command, "TOO_MANY", `${this.#waiting.size} commands wait for pi: wait for a reply first.`);
    return false;
  }

  /** Notes who asked and returns the id for pi. */
  add(kind: "command" | "bash", command: ClientCommand): string {
    const id = `${wireIds[kind]}${this.#run}.${this.#count++}`;
    this.#waiting.set(id, command);
    command.asker.onNamed?.(id);
    return id;
  }

  /** Passes pi's reply to its asker. Returns the command, or undefined when nobody here asked. */
  settle(id: string, text: string): ClientCommand | undefined {
    const command = this.#waiting.get(id);
    this.#settle(id);
    if (!command) return undefined;
    command.asker.reply(replyFrame(this.#session, text, id, command.id));
    return command;
  }

  /** Versions before 0.79.7 leave the id out when they do not know a command: the oldest of that type is meant. */
  settleUnnamed(type: string, text: string): void {
    for (const [id, command] of this.#waiting) {
      if (command.type === type && wireIdKind(id) === "command") {
        this.settle(id, text);
        return;
      }
    }
  }

  /** Resolves when a command was answered, by pi or in its place. */
  settled(id: string): Promise<void> {
    return new Promise((resolve) => this.#settled.set(id, resolve));
  }

  /** Answers a command in pi's place. */
  fail(id: string, code: ErrorCode, message: string): void {
    const command = this.#waiting.get(id);
    this.#settle(id);
    if (command) refuse(this.#session, command, code, message);
  }

  /** Answers everything that waits: pi will not. */
  failAll(code: ErrorCode, message: string): void {
    for (const id of [...this.#waiting.keys(), ...this.#settled.keys()]) this.fail(id, code, message);
  }

  /** Forgets an asker whose connection ended. */
  forget(asker: Asker): void {
    for (const [id, command] of this.#waiting) if (command.asker === asker) this.#waiting.delete(id);
  }

  #settle(id: string): void {
    this.#waiting.delete(id);
    this.#settled.get(id)?.();
    this.#settled.delete(id);
  }
}
