import type { Command, Payload, Reply } from "@pier/protocol";
import { commandSpec } from "@pier/protocol/runtime";
import { limits } from "../limits.ts";
import { CommandError } from "./command-error.ts";
import type { Port } from "./port.ts";

interface Waiting {
  command: string;
  /** The encoded frame. */
  text: string;
  /** Whether the daemon recognises it when it comes again, so that it happens once. */
  repeatable: boolean;
  /** Whether it was handed to the present connection. */
  sent: boolean;
  sends: number;
  resolve(data: unknown): void;
  reject(error: unknown): void;
  release(): void;
}

/** The commands of one attachment that have no reply yet. */
export class PendingCommands {
  readonly #session: string;
  readonly #port: Port;
  readonly #waiting = new Map<string, Waiting>();
  /** Whether the daemon would take a command now. */
  #open = false;
  /** Why no command is taken any more. */
  #end: { code: string; message: string } | null = null;

  constructor(session: string, port: Port) {
    this.#session = session;
    this.#port = port;
  }

  /** Sends a command, or keeps it until the session is attached. Resolves with the reply's data. */
  submit(payload: Payload, signal: AbortSignal | undefined): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const refuse = (code: string, message: string): Promise<never> =>
      Promise.reject(new CommandError(payload.type, message, code));
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (this.#end) return refuse(this.#end.code, this.#end.message);

    const id = this.#port.budget.nextId();
    const frame: Command = { type: "command", session: this.#session, payload: { ...payload, id } };
    const text = JSON.stringify(frame);
    const limit = this.#port.frameLimit();
    if (isLarger(text, limit))
      return refuse("FRAME_TOO_LARGE", `The command is larger than ${limit} bytes: send less at once.`);
    const repeatable = ["prompt", "read"].includes(commandSpec(payload.type).effect);
    if (!repeatable && this.#port.status() === "waiting") {
      return refuse(
        "CONNECTION_LOST",
        "There is no connection now, and this command may not come late: try again when there is.",
      );
    }
    if (!this.#port.budget.take()) {
      return refuse("TOO_MANY", `${limits.pendingCommands} commands wait for their reply: wait for some of them.`);
    }

    const abort = (): void => this.#settle(id)?.reject(signal?.reason);
    signal?.addEventListener("abort", abort);
    const release = (): void => {
      signal?.removeEventListener("abort", abort);
      this.#port.budget.release();
    };
    this.#waiting.set(id, { command: payload.type, text, repeatable, sent: false, sends: 0, resolve, reject, release });
    if (this.#open) this.#send();
    return promise;
  }

  /** The session is attached: what was not sent on this connection goes out, in the order in which it was given. */
  open(): void {
    this.#open = true;
    this.#send();
  }

  /** The connection was lost: what the daemon would recognise waits to be sent again, the rest may or may not have happened. */
  lost(): void {
    this.#open = false;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.repeatable && waiting.sends < limits.commandSends) {
        waiting.sent = false;
      } else {
        const error = new CommandError(
          waiting.command,
          waiting.sends > 0
            ? "The connection was lost before the reply came: whether the command was carried out is not known."
            : "The connection was lost before the command could be sent.",
          "CONNECTION_LOST",
        );
        this.#settle(id)?.reject(error);
      }
    }
  }

  /** @returns whether a command waited for this reply */
  reply({ payload }: Reply): boolean {
    const waiting = this.#settle(String(payload.id));
    if (!waiting) return false;
    if (payload.success) waiting.resolve(payload.data);
    else
      waiting.reject(
        new CommandError(waiting.command, payload.error ?? "The command failed without a reason.", payload.code),
      );
    return true;
  }

  /** The daemon refused a command without saying which: it is known only when one alone waits. Returns whether it was. */
  refused(code: string, message: string): boolean {
    const sent = [...this.#waiting].filter(([, waiting]) => waiting.sent);
    const [only] = sent;
    if (!only || sent.length > 1) return false;
    const waiting = this.#settle(only[0]);
    waiting?.reject(new CommandError(waiting.command, message, code));
    return true;
  }

  /** No command will be answered any more. */
  end(code: string, message: string): void {
    this.#end ??= { code, message };
    this.#open = false;
    for (const id of this.#waiting.keys()) {
      const waiting = this.#settle(id);
      waiting?.reject(new CommandError(waiting.command, message, code));
    }
  }

  #send(): void {
    for (const waiting of this.#waiting.values()) {
      if (waiting.sent) continue;
      if (!this.#port.sendText(waiting.text)) return;
      waiting.sent = true;
      waiting.sends++;
    }
  }

  #settle(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.release();
    return waiting;
  }
}

/** Whether a text is larger in UTF-8; encoded only where its length leaves that open. */
function isLarger(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}
