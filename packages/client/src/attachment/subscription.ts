import type { Attached, Cursor, DialogAnswer, ServerFrame, Window } from "@pier/protocol";
import { ClientError } from "../client-error.ts";
import type { SessionFrame } from "../transcript/session-frame.ts";
import { Transcript } from "../transcript/transcript.ts";
import { OlderPages } from "./older-pages.ts";
import { PendingCommands } from "./pending-commands.ts";
import type { Port } from "./port.ts";

export interface SubscriptionOptions {
  session: string;
  window: Window | undefined;
  looking: boolean;
  port: Port;
}

/** A frame that may concern one attachment. */
export type AttachmentFrame = SessionFrame | Extract<ServerFrame, { type: "detached" | "reply" | "error" }>;

/** The working side of an attachment: keeps one session subscribed over all connections until it ends. */
export class Subscription {
  readonly transcript: Transcript;
  readonly commands: PendingCommands;
  readonly pages: OlderPages;
  readonly attached = Promise.withResolvers<void>();
  readonly #options: SubscriptionOptions;
  /** Answers that the daemon did not confirm yet. */
  readonly #answers = new Map<string, DialogAnswer>();
  /** Whether the daemon was asked on the present connection. */
  #asked = false;
  #ended = false;
  #looking: boolean;

  constructor(options: SubscriptionOptions) {
    const { session, port } = options;
    this.#options = options;
    this.#looking = options.looking;
    this.transcript = new Transcript(session);
    this.commands = new PendingCommands(session, port);
    this.pages = new OlderPages({ transcript: this.transcript, port, reattach: () => this.#reattach() });
    // Whoever does not ask must not get an unhandled rejection.
    this.attached.promise.catch(() => {});
  }

  /** A connection was welcomed. */
  open(): void {
    const { session, window, port } = this.#options;
    const cursor: Cursor | null = this.transcript.cursor;
    const given = { ...(cursor && { cursor }), ...(window && { window }), ...(!this.#looking && { looking: false }) };
    this.#asked = port.send({ type: "attach", session, ...given });
  }

  lost(): void {
    this.#asked = false;
    this.pages.lost();
    this.transcript.awaitAttached();
    this.commands.lost();
  }

  /** @throws ClientError `BAD_FRAME` when the frame cannot be applied */
  handle(frame: AttachmentFrame): void {
    switch (frame.type) {
      case "attached":
        return this.#handleAttached(frame);
      case "detached":
        return this.#refuse(new ClientError("SESSION_NOT_FOUND", frame.reason ?? "The session was deleted."));
      case "error":
        return this.#handleError(frame.re, new ClientError(frame.code, frame.message));
      case "reply":
        this.commands.reply(frame);
        return;
      case "history":
        return this.pages.page(frame);
      case "extension_ui_resolved":
        this.#answers.delete(frame.id);
        return this.transcript.apply(frame);
      default:
        return this.transcript.apply(frame);
    }
  }

  answer(id: string, answer: DialogAnswer): boolean {
    if (this.#ended || !this.transcript.ui.dialogs.has(id)) return false;
    this.#answers.set(id, answer);
    if (this.transcript.status === "live") this.#sendAnswer(id, answer);
    return true;
  }

  look(looking: boolean): void {
    if (this.#ended || looking === this.#looking) return;
    this.#looking = looking;
    const { session, port } = this.#options;
    if (this.#asked) port.send({ type: "look", session, looking });
  }

  /** Ends the attachment; the daemon is told if it still sends to it. */
  end(status: "detached" | "gone", error: ClientError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.port.forget(this.#asked);
    this.commands.end(error.code, error.message);
    this.pages.end(error);
    this.#answers.clear();
    this.attached.reject(error);
    this.transcript.end(status, error.code === "DETACHED" ? null : error);
  }

  #handleAttached(frame: Attached): void {
    this.transcript.apply(frame);
    if (this.#ended) return;
    if (frame.mode === "snapshot") this.pages.replaced();
    else this.pages.resumed();
    if (!this.transcript.caughtUp) {
      // The last record of a replay may be one that clients do not get, so its end is found by asking.
      this.#options.port.roundTrip(() => this.transcript.endReplay());
    }
    this.commands.open();
    for (const [id, answer] of this.#answers) {
      if (this.transcript.ui.dialogs.has(id)) this.#sendAnswer(id, answer);
      else this.#answers.delete(id);
    }
    this.attached.resolve();
  }

  #handleError(re: string | undefined, error: ClientError): void {
    if (re === "attach") return this.#refuse(error);
    if (re === "history") return this.pages.refused(error);
    if (re === "command" && this.commands.refused(error.code, error.message)) return;
    // Somebody was faster; the dialog is closed by the frame that tells so.
    if (re === "extension_ui_response" && error.code === "DIALOG_NOT_FOUND") return;
    this.#options.port.report(error);
  }

  #refuse(error: ClientError): void {
    this.#asked = false;
    this.end(error.code === "SESSION_NOT_FOUND" ? "gone" : "detached", error);
  }

  /** Attaches without a cursor on the same connection; a snapshot answers. */
  #reattach(): void {
    this.transcript.forgetCursor();
    this.transcript.awaitAttached();
    this.open();
  }

  #sendAnswer(id: string, answer: DialogAnswer): void {
    this.#options.port.send({ type: "extension_ui_response", session: this.#options.session, id, ...answer });
  }
}
