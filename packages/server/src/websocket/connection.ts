import {
  type Attach,
  type ClientFrame,
  clientFrames,
  closeCodes,
  type Command,
  commandSpec,
  type DialogAnswer,
  type ErrorCode,
  type ExtensionUiResponse,
  frameTypeOf,
  type Hello,
  type History,
  limits,
  parseClientFrame,
  PierError,
  rawMember,
  type Scope,
  scopeCovers,
} from "@pier/protocol";
import { type Asker, refuse } from "../session/asker.ts";
import type { Session } from "../session/session.ts";
import { Attachment } from "./attachment.ts";
import type { Peer } from "./peer.ts";
import type { SocketDevice } from "./socket-auth.ts";

export interface ConnectionHost {
  /** @throws PierError `SESSION_NOT_FOUND` */
  session(id: string): Session;
  watch(peer: Peer): void;
  unwatch(peer: Peer): void;
  /** Who is attached to a session changed. */
  presenceChanged(session: Session): void;
}

/** One client speaking version 2 of the protocol, after its `hello` was accepted. */
export class Connection implements Asker {
  readonly clientId: string;
  readonly device: SocketDevice;
  readonly clientName: string;
  readonly #peer: Peer;
  readonly #host: ConnectionHost;
  readonly #interval: number;
  readonly #attachments = new Map<string, { session: Session; attachment: Attachment }>();
  readonly #used = new Set<Session>();
  #badFrames = 0;

  constructor(peer: Peer, hello: Hello, device: SocketDevice, host: ConnectionHost) {
    this.#peer = peer;
    this.#host = host;
    this.device = device;
    // A client's own id says nothing about who it is: devices do not see each other's commands.
    this.clientId = `${device.id}:${hello.clientId}`;
    this.clientName = hello.client?.name ?? "client";
    this.#interval = hello.coalesce ?? 0;
    peer.listen({
      onText: (text) => this.#onText(text),
      onBinary: () => this.#onBinary(),
      onFlood: (problem) => this.#onFlood(problem),
    });
    void peer.closed.then(() => this.#end());
  }

  /** Whether the connection is attached to a session. */
  isAttached(session: string): boolean {
    return this.#attachments.has(session);
  }

  reply(frame: string): void {
    this.#peer.send(frame);
  }

  close(code: number, reason: string): void {
    this.#peer.close(code, reason);
  }

  #onText(text: string): void {
    let frame: ClientFrame;
    try {
      frame = parseClientFrame(text);
    } catch (error) {
      return this.#refuse(error, frameTypeOf(text));
    }
    try {
      this.#require(clientFrames[frame.type].scope, frame.type);
      this.#handle(frame, text);
    } catch (error) {
      this.#refuse(error, frame.type, "session" in frame ? frame.session : undefined);
    }
  }

  #handle(frame: ClientFrame, text: string): void {
    switch (frame.type) {
      case "hello":
        throw new PierError("BAD_FRAME", "hello was accepted already: one is enough.");
      case "ping":
        return this.#peer.send('{"type":"pong"}');
      case "watch":
        return this.#host.watch(this.#peer);
      case "unwatch":
        return this.#host.unwatch(this.#peer);
      case "attach":
        return this.#attach(this.#host.session(frame.session), frame);
      case "look":
        return this.#attached(frame.session).attachment.look(frame.looking);
      case "detach":
        return this.#detach(frame.session);
      case "command":
        return this.#command(frame, text);
      case "extension_ui_response":
        return this.#host.session(frame.session).answerDialog(frame.id, parseAnswer(frame));
      case "history":
        return this.#history(frame);
    }
  }

  #attach(session: Session, { cursor, window, looking = true }: Attach): void {
    this.#attachments.get(session.id)?.attachment.end();
    if (this.#attachments.size >= limits.attachments && !this.#attachments.has(session.id)) {
      throw new PierError(
        "TOO_MANY",
        `${limits.attachments} sessions are attached on this connection: detach from one first.`,
      );
    }
    const attachment = new Attachment({
      session,
      peer: this.#peer,
      interval: this.#interval,
      window,
      looking,
      onError: (error) => this.#refuse(error, "attach", session.id),
    });
    this.#attachments.set(session.id, { session, attachment });
    void attachment.attach(cursor).then(() => this.#host.presenceChanged(session));
  }

  #detach(id: string): void {
    const attached = this.#attached(id);
    this.#attachments.delete(id);
    attached.attachment.end();
    this.#peer.send(JSON.stringify({ type: "detached", session: id }));
    this.#host.presenceChanged(attached.session);
  }

  /** @throws PierError `NOT_ATTACHED` */
  #attached(id: string): { session: Session; attachment: Attachment } {
    const attached = this.#attachments.get(id);
    if (!attached) throw new PierError("NOT_ATTACHED", "This connection is not attached to that session.");
    return attached;
  }

  #command(frame: Command, text: string): void {
    const payload = rawMember(text, "payload") as string;
    const command = { type: frame.payload.type, id: rawMember(payload, "id") ?? null, text: payload, asker: this };
    try {
      const session = this.#host.session(frame.session);
      this.#require(commandSpec(command.type).scope, `the command ${command.type}`);
      this.#used.add(session);
      session.command(command);
    } catch (error) {
      // As a reply, so that whoever waits for this very command learns of it.
      if (!(error instanceof PierError)) throw error;
      refuse(frame.session, command, error.code, error.message);
    }
  }

  #history(frame: History): void {
    const session = this.#host.session(frame.session);
    session.history(frame.before, frame.window).then(
      ({ items, before }) => {
        const older = before === undefined ? "" : `,"before":${JSON.stringify(before)}`;
        this.#peer.send(
          `{"type":"history","session":${JSON.stringify(session.id)},"messages":[${items.join(",")}]${older}}`,
        );
      },
      (error: unknown) => this.#refuse(error, "history", session.id),
    );
  }

  #require(scope: Scope | "none", what: string): void {
    if (scope === "none" || scopeCovers(this.device.scope, scope)) return;
    throw new PierError("FORBIDDEN", `${what} needs the scope ${scope}; this device has ${this.device.scope}.`);
  }

  #onFlood(problem: string): void {
    this.#refuse(new PierError("TOO_MANY", problem));
    this.#peer.close(closeCodes.tooMany, "too much at once");
  }

  #onBinary(): void {
    this.#refuse(new PierError("BAD_FRAME", "Frames are text: send JSON in text messages."));
    this.#peer.close(closeCodes.badFrame, "binary frame");
  }

  #refuse(error: unknown, re?: string, session?: string): void {
    const code: ErrorCode = error instanceof PierError ? error.code : "INTERNAL";
    const message =
      error instanceof PierError ? error.message : "Something unexpected went wrong; the daemon's log says more.";
    this.#peer.send(JSON.stringify({ type: "error", code, message, session, re }));
    if (code === "BAD_FRAME" && ++this.#badFrames >= maxBadFrames)
      this.#peer.close(closeCodes.badFrame, "too many bad frames");
  }

  #end(): void {
    this.#host.unwatch(this.#peer);
    for (const session of this.#used) session.forget(this);
    for (const { attachment, session } of this.#attachments.values()) {
      attachment.end();
      this.#host.presenceChanged(session);
    }
    this.#attachments.clear();
  }
}

/** A client that goes on sending nonsense is not one. */
const maxBadFrames = 100;

function parseAnswer(frame: ExtensionUiResponse): DialogAnswer {
  const { value, confirmed, cancelled } = frame;
  const given = [value, confirmed, cancelled].filter((part) => part !== undefined).length;
  if (given !== 1)
    throw new PierError("BAD_FRAME", "extension_ui_response takes exactly one of value, confirmed and cancelled.");
  if (value !== undefined) return { value };
  return confirmed === undefined ? { cancelled: true } : { confirmed };
}
