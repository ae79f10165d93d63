import { randomUUID } from "node:crypto";
import { commandSpec, PierError, type Scope, scopeCovers } from "@pier/protocol";
import { pifaceLimits } from "../../../limits.ts";
import { refuse } from "../../../session/asker.ts";
import { errorSentence } from "../../../session/error-sentence.ts";
import type { Session } from "../../../session/session.ts";
import type { Peer } from "../../peer.ts";
import type { SocketDevice } from "../../socket-auth.ts";
import { type Close, closes, pifaceError } from "./messages.ts";
import { type PifaceMessage, parseMessage } from "./parse-message.ts";
import { ReplyTo } from "./reply-to.ts";
import { Subscription } from "./subscription.ts";

export interface PifaceConnectionOptions {
  peer: Peer;
  device: SocketDevice;
  /** @throws PierError `SESSION_NOT_FOUND` */
  find(): Session;
}

/** One client of piface at one session. */
export class PifaceConnection {
  readonly #options: PifaceConnectionOptions;
  readonly #subscription: Subscription;
  readonly #askers = new Set<ReplyTo>();
  #session: Session | undefined;
  /** What came before the first replay was sent. */
  #early: string[] = [];
  #earlySize = 0;
  #badMessages = 0;
  #ended = false;

  constructor(options: PifaceConnectionOptions) {
    this.#options = options;
    const { peer } = options;
    this.#subscription = new Subscription(peer, (...end) => this.#end(...end));
    peer.listen({
      onText: (text) => this.#onText(text),
      onBinary: () => this.#complain("Messages are text: send JSON."),
      onFlood: (problem) => this.#end(closes.tooMany, problem),
    });
    void peer.closed.then(() => this.#leave());
  }

  /** Sends the replay and what follows, or the reason why there is none. Never rejects. */
  async open(): Promise<void> {
    try {
      const session = this.#options.find();
      if (session.row.status === "closed")
        return this.#end(closes.notLive, "The session is closed: resume it, or read its history over REST.");
      // A session whose pi ended has one again as soon as somebody comes.
      await session.start();
      await this.#subscription.begin(session);
      if (this.#ended) return;
      this.#session = session;
      for (const text of this.#early.splice(0)) this.#handle(session, text);
    } catch (error) {
      const isUnknown = error instanceof PierError && error.code === "SESSION_NOT_FOUND";
      this.#end(isUnknown ? closes.notFound : closes.notLive, errorSentence(error));
    }
  }

  /** Sends a message that is not of the session. */
  say(message: string): void {
    if (this.#session) this.#options.peer.send(message);
  }

  #onText(text: string): void {
    if (this.#ended) return;
    if (this.#session) return this.#handle(this.#session, text);
    this.#earlySize += text.length;
    if (this.#earlySize > pifaceLimits.early)
      this.#end(closes.tooMany, "Too much came before the replay: wait for it.");
    else this.#early.push(text);
  }

  #handle(session: Session, text: string): void {
    if (this.#ended) return;
    const message = parseMessage(text);
    if (typeof message === "string") return this.#complain(message);
    switch (message.kind) {
      case "history":
        return void this.#subscription.replay();
      case "answer":
        return this.#answer(session, message);
      case "command":
        return this.#command(session, message);
    }
  }

  #command(session: Session, { type, id, text, excluded }: PifaceMessage & { kind: "command" }): void {
    let name: string | undefined;
    const asker: ReplyTo = new ReplyTo({
      clientId: `${this.#options.device.id}:${randomUUID()}`,
      excluded,
      onNamed: (wireId) => {
        if (commandSpec(type).effect !== "bash") return;
        name = wireId;
        this.#subscription.shell.set(wireId, id);
      },
      onReply: (reply) => {
        this.#askers.delete(asker);
        if (name !== undefined) this.#subscription.shell.delete(name);
        if (!this.#ended) this.#options.peer.send(reply);
      },
    });
    this.#askers.add(asker);
    const problem = this.#missing(commandSpec(type).scope, `The command ${type}`);
    if (problem === undefined) session.command({ type, id, text, asker });
    else refuse(session.id, { type, id, asker }, "FORBIDDEN", problem);
  }

  #answer(session: Session, { id, answer }: PifaceMessage & { kind: "answer" }): void {
    const problem = this.#missing("prompt", "Answering a question");
    if (problem !== undefined) return this.#options.peer.send(pifaceError(problem));
    try {
      session.answerDialog(id, answer);
    } catch (error) {
      this.#options.peer.send(pifaceError(errorSentence(error)));
    }
  }

  #missing(scope: Scope, what: string): string | undefined {
    const { device } = this.#options;
    return scopeCovers(device.scope, scope)
      ? undefined
      : `${what} needs the scope ${scope}; this device has ${device.scope}.`;
  }

  #complain(problem: string): void {
    if (this.#ended) return;
    this.#options.peer.send(pifaceError(problem));
    if (++this.#badMessages >= pifaceLimits.badMessages) this.#end(closes.badMessages);
  }

  #end(close: Close, message?: string): void {
    if (this.#ended) return;
    if (message !== undefined) this.#options.peer.send(pifaceError(message));
    this.#leave();
    this.#options.peer.close(close.code, close.reason);
  }

  #leave(): void {
    this.#ended = true;
    this.#early = [];
    this.#subscription.end();
    for (const asker of this.#askers) this.#session?.forget(asker);
    this.#askers.clear();
  }
}
