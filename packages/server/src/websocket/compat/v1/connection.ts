import { commandSpec, PierError, scopeCovers } from "@pier/protocol";
import { v1Limits } from "../../../limits.ts";
import { refuse } from "../../../session/asker.ts";
import { errorSentence } from "../../../session/error-sentence.ts";
import type { Session } from "../../../session/session.ts";
import type { Peer } from "../../peer.ts";
import type { SocketDevice } from "../../socket-auth.ts";
import type { V1Options } from "../v1.ts";
import { ClientCommand } from "./client-command.ts";
import { type Close, closes, errorFrame, type V1ErrorCode } from "./codes.ts";
import type { V1Hello } from "./hello.ts";
import { parseFrame, type V1Frame } from "./parse-frame.ts";
import { toRefusal } from "./refusal.ts";
import { Subscription } from "./subscription.ts";

/** One client of version 1, after its `hello` was accepted. */
export class Connection {
  readonly #peer: Peer;
  readonly #device: SocketDevice;
  readonly #subscription: Subscription;
  readonly #options: V1Options;
  readonly #commands = new Set<ClientCommand>();
  /** Frames that came before there was a session to give them to. */
  #early: string[] = [];
  #earlySize = 0;
  #session: Session | undefined;
  #badFrames = 0;
  #ended = false;

  constructor(peer: Peer, hello: V1Hello, device: SocketDevice, options: V1Options) {
    this.#peer = peer;
    this.#device = device;
    this.#options = options;
    const { lastSeq } = hello;
    this.#subscription = new Subscription({
      peer,
      lastSeq,
      serverId: options.serverId,
      onEnd: (...end) => this.#end(...end),
    });
    peer.listen({
      onText: (text) => this.#onText(text),
      onBinary: () => this.#complain("Frames are text: send JSON in text messages."),
      onFlood: (problem) => this.#end(closes.refused, "INTERNAL_ERROR", problem),
    });
    peer.dismiss = (why) => {
      if (why === "restarting") this.#end(closes.shuttingDown);
      else this.#end(closes.refused, "UNAUTHORIZED", "The device was revoked.");
    };
    void peer.closed.then(() => this.#leave());
  }

  /** Sends `welcome` and what follows, or the reason why there is none. Never rejects. */
  async open(): Promise<void> {
    try {
      const session = await this.#options.defaultSession();
      if (session.row.status === "closed") throw new PierError("SESSION_CLOSED", "The session is closed.");
      // A session whose pi ended has one again as soon as somebody comes.
      await session.start();
      if (this.#ended) return;
      await this.#subscription.begin(session);
      if (this.#ended) return;
      this.#session = session;
      const early = this.#early;
      this.#early = [];
      for (const text of early) this.#handle(session, text);
    } catch (error) {
      const { frame, close } = toRefusal(error);
      this.#peer.send(frame);
      this.#end(close);
    }
  }

  #onText(text: string): void {
    if (this.#ended) return;
    const session = this.#session;
    if (session) this.#handle(session, text);
    else this.#onEarly(text);
  }

  #handle(session: Session, text: string): void {
    if (this.#ended) return;
    const frame = parseFrame(text);
    if (typeof frame === "string") return this.#complain(frame);
    switch (frame.type) {
      case "ping":
        return this.#subscription.feed.say('{"type":"pong"}');
      case "command":
        return this.#command(session, frame);
      case "extension_ui_response":
        return this.#answer(session, frame);
    }
  }

  #onEarly(text: string): void {
    this.#earlySize += text.length;
    if (this.#earlySize > v1Limits.early)
      this.#end(closes.refused, "INTERNAL_ERROR", "Too much came before welcome: wait for it.");
    else this.#early.push(text);
  }

  #command(session: Session, { command: type, id, text }: V1Frame & { type: "command" }): void {
    const { feed } = this.#subscription;
    let name: string | undefined;
    const asker = new ClientCommand({
      type,
      device: this.#device.id,
      onNamed: (wireId) => {
        name = wireId;
        this.#subscription.bash.set(wireId, id);
      },
      onReply: (payload, switched) => {
        this.#commands.delete(asker);
        if (name !== undefined) this.#subscription.bash.delete(name);
        if (switched) this.#subscription.switches++;
        feed.reply(payload);
      },
    });
    const { scope } = commandSpec(type);
    if (!scopeCovers(this.#device.scope, scope)) {
      const problem = `The command ${type} needs the scope ${scope}; this device has ${this.#device.scope}.`;
      feed.say(errorFrame("UNAUTHORIZED", problem));
      // Whoever waits for the reply to this command must not wait for ever.
      return refuse(session.id, { type, id, asker }, "FORBIDDEN", problem);
    }
    this.#commands.add(asker);
    session.command({ type, id, text, asker });
  }

  #answer(session: Session, { id, answer }: V1Frame & { type: "extension_ui_response" }): void {
    const { feed } = this.#subscription;
    if (!scopeCovers(this.#device.scope, "prompt")) {
      return feed.say(
        errorFrame("UNAUTHORIZED", `Answering dialogs needs the scope prompt; this device has ${this.#device.scope}.`),
      );
    }
    try {
      session.answerDialog(id, answer);
    } catch (error) {
      const isOpen = error instanceof PierError && error.code === "BAD_REQUEST";
      feed.say(errorFrame(isOpen ? "INTERNAL_ERROR" : "EXTENSION_UI_TIMEOUT", errorSentence(error)));
    }
  }

  #complain(problem: string): void {
    if (this.#ended) return;
    this.#subscription.feed.say(errorFrame("INTERNAL_ERROR", problem));
    if (++this.#badFrames >= v1Limits.badFrames) this.#end(closes.refused);
  }

  #end(close: Close, code?: V1ErrorCode, message = ""): void {
    if (this.#ended) return;
    if (code) this.#peer.send(errorFrame(code, message));
    this.#leave();
    this.#peer.close(close.code, close.reason);
  }

  #leave(): void {
    this.#ended = true;
    this.#early = [];
    this.#subscription.end();
    for (const asker of this.#commands) this.#session?.forget(asker);
    this.#commands.clear();
  }
}
