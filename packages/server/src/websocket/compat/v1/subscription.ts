import { v1Limits } from "../../../limits.ts";
import type { Subscriber } from "../../../session/event-stream.ts";
import { withId } from "../../../session/frame-text.ts";
import type { Session } from "../../../session/session.ts";
import type { Peer } from "../../peer.ts";
import { askState } from "./ask-state.ts";
import { type Close, closes, type V1ErrorCode } from "./codes.ts";
import { Feed } from "./feed.ts";
import { type Sendable, translateFrame } from "./translate-frame.ts";
import { buildWelcome } from "./welcome.ts";

export interface SubscriptionOptions {
  peer: Peer;
  serverId: string;
  lastSeq: number | undefined;
  /** The client cannot be served any further on this connection. */
  onEnd(close: Close, code?: V1ErrorCode, message?: string): void;
}

const decoder = new TextDecoder();

/**
 * What a client of version 1 hears of the session. Version 1 cannot bring a client up to date on an open connection, so
 * where that is needed the connection ends: its clients come back by themselves and get everything anew.
 */
export class Subscription implements Subscriber {
  readonly feed: Feed;
  /** Direct shell commands of this client: the id they go by, and the client's own as JSON text. */
  readonly bash = new Map<string, string | null>();
  /** Changes of the conversation that this client made itself and was not told of yet. */
  switches = 0;
  readonly #options: SubscriptionOptions;
  #session: Session | undefined;
  #pid: number | undefined;
  #leave: (() => void) | undefined;
  #ended = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
    this.feed = new Feed(options.peer, () => options.onEnd(closes.slow));
  }

  /** Subscribes and sends `welcome`. Until it is sent, what comes live waits. */
  async begin(session: Session): Promise<void> {
    const { serverId, lastSeq } = this.#options;
    this.#session = session;
    this.#pid = session.info.pid;
    let attached = "";
    const attaching = session.attach(
      this,
      { cursor: undefined, window: undefined, whole: v1Limits.welcome, interval: 0 },
      ([first = ""]) => {
        attached = first;
      },
    );
    const [leave, state] = await Promise.all([attaching, askState(session)]);
    if (this.#ended) return leave();
    this.#leave = leave;
    this.feed.begin(buildWelcome({ serverId, attached, state, lastSeq }));
  }

  deliver(frame: Uint8Array): void {
    for (const outgoing of translateFrame(decoder.decode(frame))) {
      if (this.#ended) return;
      if (outgoing.kind === "gone") this.#options.onEnd(closes.piFailed, "SESSION_NOT_FOUND", outgoing.reason);
      else this.feed.add(this.#withOwnId(outgoing));
    }
  }

  resync(reason: "restarted" | "switched" | "settled" | "trimmed" | "grown"): void {
    // Events go on from where they are: only cursors become invalid, and version 1 has none.
    if (reason === "trimmed" || reason === "settled" || this.#ended) return;
    if (reason === "restarted") return this.#onRestarted();
    if (this.switches === 0) return this.#options.onEnd(closes.replaced);
    // Whoever changed the conversation knows, and goes on with the new one as it always did.
    this.switches--;
  }

  end(): void {
    this.#ended = true;
    this.#leave?.();
    this.#leave = undefined;
  }

  #onRestarted(): void {
    const { row, info } = this.#session as Session;
    // A daemon that took over a process says so as well; for the client nothing changed.
    if (info.pid !== undefined && info.pid === this.#pid) return;
    if (row.status === "closed")
      return this.#options.onEnd(closes.piFailed, "SESSION_NOT_FOUND", "The session was closed.");
    this.#options.onEnd(closes.piFailed, "PI_PROCESS_ERROR", row.lastExit?.message ?? "pi ended.");
  }

  /** A client that ran a shell command itself knows its output by its own id. */
  #withOwnId(outgoing: Sendable): Sendable {
    if (this.bash.size === 0 || outgoing.kind !== "event") return outgoing;
    const { type, id } = JSON.parse(outgoing.text) as { type?: unknown; id?: unknown };
    const own = type === "bash_execution_update" ? this.bash.get(String(id)) : undefined;
    return own === undefined ? outgoing : { kind: "event", text: withId(outgoing.text, String(id), own) };
  }
}
