import type { Attachment, Change, PierConnection } from "@pier/client";
import type { ExtensionUiRequest, SessionInfo } from "@pier/protocol";
import type { Tone } from "../commands/command.ts";
import { neutraliseLine } from "../text/index.ts";

/** Who hears the news of a session. */
export interface NewsListener {
  /** Something to be read between the messages. */
  say(text: string, tone: Tone): void;
  /** The session, or the way to it, is gone for good. */
  end(reason: string, failed: boolean): void;
  /** The command that opens a closed session again. */
  resume(session: string): string;
  /** An extension wants this to stand where the person types. */
  setEditorText(text: string): void;
}

/** What happens to a session beside the conversation, told once each. */
export class SessionNews {
  readonly #connection: PierConnection;
  readonly #attachment: Attachment;
  readonly #listener: NewsListener;
  readonly #ends: (() => void)[];
  #lastExit: string | undefined;
  /** Whether it was closed when it was opened: then it is there to be read, and not gone. */
  #isRead: boolean;

  constructor(connection: PierConnection, attachment: Attachment, listener: NewsListener) {
    this.#connection = connection;
    this.#attachment = attachment;
    this.#listener = listener;
    this.#lastExit = exitOf(attachment.transcript.info);
    this.#isRead = attachment.transcript.info?.status === "closed";
    this.#ends = [
      connection.onState((state) => {
        if (state.status === "closed") listener.end(neutraliseLine(state.reason.message), true);
      }),
      connection.onNotice(({ level, message, session }) => {
        if (session === undefined || session === attachment.session) listener.say(message, level);
      }),
      connection.onError((error) => {
        // What ends a connection is told by its state.
        if (connection.state.status === "open") listener.say(error.message, "error");
      }),
    ];
  }

  update(change: Change): void {
    switch (change.kind) {
      case "info":
      case "reset":
        return this.#onInfo();
      case "status":
        return this.#onStatus();
      case "notice":
        if (!change.missed) this.#onRequest(change.request);
        break;
      default:
    }
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  #onInfo(): void {
    const { info, session } = this.#attachment.transcript;
    const exit = exitOf(info);
    if (exit !== this.#lastExit && info?.lastExit) this.#listener.say(`pi ended: ${info.lastExit.message}`, "error");
    this.#lastExit = exit;
    if (info?.status === "live") this.#isRead = false;
    if (info?.status === "closed" && !this.#isRead)
      this.#listener.end(`The session was closed. \`${this.#listener.resume(session)}\` opens it again.`, false);
  }

  #onStatus(): void {
    const { status, error } = this.#attachment.transcript;
    if (status === "gone") this.#listener.end("The session was deleted.", false);
    else if (status === "detached" && error && this.#connection.state.status !== "closed")
      this.#listener.end(neutraliseLine(error.message), true);
  }

  #onRequest({ method, message, notifyType, text }: ExtensionUiRequest): void {
    if (method === "notify" && typeof message === "string")
      this.#listener.say(message, notifyType === "error" || notifyType === "warning" ? notifyType : "info");
    else if (method === "set_editor_text" && typeof text === "string") this.#listener.setEditorText(text);
  }
}

/** Tells one end of a process from another. */
function exitOf(info: SessionInfo | null): string | undefined {
  return info?.lastExit ? `${info.lastExit.code} ${info.lastExit.message} ${info.lastActiveAt}` : undefined;
}
