import type { ErrorCode } from "@pier/protocol";
import { replyFrame } from "./frame-text.ts";

/** Who sent a command and gets its reply. */
export interface Asker {
  /** The client over its reconnects. */
  readonly clientId: string;
  /** Takes a frame as text. A connection that is gone ignores it. */
  reply(frame: string): void;
  /** Told under which id a command goes to pi, before it goes: events of direct shell commands carry it. */
  onNamed?(wireId: string): void;
}

/** A command of a client. */
export interface ClientCommand {
  type: string;
  /** The client's id as JSON text; null when it gave none. */
  id: string | null;
  /** The payload as the client wrote it. */
  text: string;
  asker: Asker;
}

/** Answers a command in pi's place. */
export function refuse(
  session: string,
  command: Pick<ClientCommand, "type" | "id" | "asker">,
  code: ErrorCode,
  message: string,
): void {
  const text = JSON.stringify({ type: "response", command: command.type, success: false, error: message, code });
  command.asker.reply(replyFrame(session, `{"id":"",${text.slice(1)}`, "", command.id));
}
