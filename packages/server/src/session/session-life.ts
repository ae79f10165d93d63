import { PierError } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { SessionOptions } from "./session-options.ts";
import type { SessionRow } from "./session-row.ts";
import type { SessionRuntime } from "./session-runtime.ts";

/** Closing, resuming and deleting a session: whoever asks at the same time gets an answer of his own, and there is one process at most. */
export class SessionLife {
  readonly #options: SessionOptions;
  readonly #runtime: SessionRuntime;
  #closing: Promise<void> | undefined;
  #condemned = false;

  constructor(options: SessionOptions, runtime: SessionRuntime) {
    this.#options = options;
    this.#runtime = runtime;
  }

  /** @throws PierError `SESSION_NOT_FOUND` when the session is being deleted */
  check(): void {
    if (this.#condemned) throw new PierError("SESSION_NOT_FOUND", "The session is being deleted.");
  }

  /** Ends the process and closes the session. */
  close(): Promise<void> {
    if (this.#closing) return this.#closing;
    if (this.#row.status === "closed") return Promise.resolve();
    this.#closing = this.#close().finally(() => {
      this.#closing = undefined;
    });
    return this.#closing;
  }

  /** Ends what an earlier daemon left of a process that was to end; a resume waits for it. */
  completeClose(): Promise<void> {
    this.#closing ??= this.#options.launcher.forget(this.#row.id).finally(() => {
      this.#closing = undefined;
    });
    return this.#closing;
  }

  /** Starts a closed session again. @throws PierError `CONFLICT`, `SESSION_START_FAILED`, `SESSION_NOT_FOUND` */
  async resume(): Promise<void> {
    await this.#closing;
    this.check();
    const { slot, keeper } = this.#runtime;
    if (this.#row.status === "live") {
      const isStarting = slot.activity === "starting";
      throw new PierError("CONFLICT", `The session is ${isStarting ? "being started" : "live"} already.`);
    }
    if (this.#row.ephemeral)
      throw new PierError("CONFLICT", "The session was ephemeral: nothing of it was kept to resume.");
    keeper.save({ status: "live" });
    slot.setClosed(false);
    try {
      await slot.ensure();
      if (this.#closing) throw new PierError("SESSION_CLOSED", "The session was closed meanwhile.");
    } catch (error) {
      keeper.save({ status: "closed" });
      slot.setClosed(true);
      // To a client the request was fine; what it wants is what cannot be.
      if (error instanceof PierError && error.code === "BAD_REQUEST")
        throw new PierError("SESSION_START_FAILED", error.message, { cause: error });
      throw error;
    }
  }

  /**
   * Ends the session for good: nothing can be done with it any more. A daemon that ends meanwhile is followed by one that
   * completes it.
   *
   * @throws PierError `STORAGE`
   */
  async condemn(removal: NonNullable<SessionRow["removal"]>): Promise<void> {
    this.#runtime.keeper.saveOrThrow({ removal });
    this.#condemned = true;
    await this.close();
    this.#runtime.hide();
    await this.#options.launcher.forget(this.#row.id);
  }

  /** The session could not be deleted: it stays, closed. */
  spare(): void {
    this.#runtime.keeper.save({ removal: null });
    this.#condemned = false;
  }

  get #row(): SessionRow {
    return this.#runtime.row;
  }

  async #close(): Promise<void> {
    const { keeper, slot, broadcast } = this.#runtime;
    keeper.save({ status: "closed" });
    await this.#abort();
    await slot.terminate();
    slot.setClosed(true);
    if (!this.#row.ephemeral) {
      this.#runtime.hide();
      await this.#options.launcher.forget(this.#row.id);
    }
    // What the end of the turn called for needs nobody any more.
    keeper.save({ attention: null });
    broadcast.resync("restarted");
    this.#runtime.announce();
  }

  /** Lets pi save what it has of a turn: a signal alone would lose it. */
  async #abort(): Promise<void> {
    const { slot, commands, dialogs } = this.#runtime;
    const { run } = slot;
    if (!run?.busy) return;
    // An open dialog would keep pi from ending the turn.
    dialogs.cancelAll();
    let cancel = (): void => {};
    const enough = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(limits.abort, resolve);
    });
    await Promise.race([commands.abort(run).catch(() => {}), enough]);
    cancel();
  }
}
