import { pifaceLimits } from "../../../limits.ts";
import { errorSentence } from "../../../session/error-sentence.ts";
import type { Subscriber } from "../../../session/event-stream.ts";
import { withId } from "../../../session/frame-text.ts";
import type { Session } from "../../../session/session.ts";
import type { Peer } from "../../peer.ts";
import { type Close, closes, replayMessages } from "./messages.ts";
import { translateFrame } from "./translate-frame.ts";

const decoder = new TextDecoder();

/**
 * What a client of piface hears of its session. A `piface_replay` may come at any time and puts itself in the place of all
 * before it, so one is sent whenever events alone do not bring the client to the present: another conversation, another
 * process, a client that did not take what it was sent.
 */
export class Subscription implements Subscriber {
  /** Direct shell commands of this client: the id they go by, and the client's own as JSON text. */
  readonly shell = new Map<string, string | null>();
  readonly #peer: Peer;
  readonly #onEnd: (close: Close, message: string) => void;
  #session: Session | undefined;
  #leave: (() => void) | undefined;
  /** Counts replays, so that one that was overtaken knows. */
  #turn = 0;
  #ended = false;

  constructor(peer: Peer, onEnd: (close: Close, message: string) => void) {
    this.#peer = peer;
    this.#onEnd = onEnd;
  }

  async begin(session: Session): Promise<void> {
    this.#session = session;
    await this.#attach(session);
  }

  /** Sends everything anew. Never rejects. */
  async replay(): Promise<void> {
    const session = this.#session;
    if (this.#ended || !session) return;
    if (session.row.status === "closed") return this.#onEnd(closes.notLive, "The session was closed.");
    try {
      await this.#attach(session);
    } catch (error) {
      this.#onEnd(closes.notLive, errorSentence(error));
    }
  }

  deliver(frame: Uint8Array): void {
    if (this.#ended) return;
    const translated = translateFrame(decoder.decode(frame));
    if ("gone" in translated) return this.#onEnd(closes.notFound, translated.gone);
    if (this.#peer.full) return this.#setAside();
    for (const message of translated.messages) this.#peer.send(this.#withOwnId(message));
  }

  resync(reason: "restarted" | "switched" | "settled" | "trimmed"): void {
    // Only cursors become invalid then, and there are none here.
    if (reason !== "trimmed") void this.replay();
  }

  end(): void {
    this.#ended = true;
    this.#stop();
  }

  async #attach(session: Session): Promise<void> {
    const turn = ++this.#turn;
    this.#stop();
    const options = { cursor: undefined, window: undefined, whole: pifaceLimits.replay, interval: 0 };
    const isOver = (): boolean => this.#ended || turn !== this.#turn;
    const leave = await session.attach(this, options, ([attached = ""]) => {
      if (!isOver()) for (const message of replayMessages(attached)) this.#peer.send(message);
    });
    if (isOver()) leave();
    else this.#leave = leave;
  }

  /** More is not queued for a client that does not take it; once it did, it is brought up to date. */
  #setAside(): void {
    this.#stop();
    this.#turn++;
    this.#peer.whenDrained(() => void this.replay());
  }

  #stop(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** A client that ran a shell command itself knows its output by its own id. */
  #withOwnId(message: string): string {
    if (this.shell.size === 0) return message;
    const { type, id } = JSON.parse(message) as { type?: unknown; id?: unknown };
    const own = type === "bash_execution_update" ? this.shell.get(String(id)) : undefined;
    return own === undefined ? message : withId(message, String(id), own);
  }
}
