import type { ServerFrame, SessionInfo } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Peer } from "./peer.ts";

type Sessions = Extract<ServerFrame, { type: "sessions" }>;

/** Tells those who watch what changed in the list of sessions: built once, at most every `limits.watchInterval`. */
export class SessionsWatch {
  readonly #peers = new Set<Peer>();
  readonly #changed = new Set<string>();
  readonly #list: () => SessionInfo[];
  readonly #find: (id: string) => SessionInfo | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Not the same in two lives of the daemon. */
  #piRevision = Date.now();

  constructor(list: () => SessionInfo[], find: (id: string) => SessionInfo | undefined) {
    this.#list = list;
    this.#find = find;
  }

  get size(): number {
    return this.#peers.size;
  }

  add(peer: Peer): void {
    this.#peers.add(peer);
    peer.send(this.#full());
  }

  remove(peer: Peer): void {
    this.#peers.delete(peer);
  }

  changed(session: string): void {
    if (this.#peers.size === 0) return;
    this.#changed.add(session);
    this.#flushSoon();
  }

  /** The sessions of plain pi are not the same any more. */
  piSessionsChanged(): void {
    this.#piRevision++;
    if (this.#peers.size > 0) this.#flushSoon();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#peers.clear();
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), limits.watchInterval);
    this.#timer.unref();
  }

  #flush(): void {
    this.#timer = undefined;
    const sessions: SessionInfo[] = [];
    const removed: string[] = [];
    for (const id of this.#changed) {
      const info = this.#find(id);
      if (info) sessions.push(info);
      else removed.push(id);
    }
    this.#changed.clear();
    const frame = Buffer.from(this.#frame({ full: false, sessions, removed }));
    for (const peer of this.#peers) {
      if (!peer.full) peer.send(frame);
      else this.#catchUpLater(peer);
    }
  }

  /** A list has no history worth keeping: whoever fell behind gets the whole again. */
  #catchUpLater(peer: Peer): void {
    this.#peers.delete(peer);
    peer.whenDrained(() => {
      if (peer.open) this.add(peer);
    });
  }

  #full(): string {
    return this.#frame({ full: true, sessions: this.#list(), removed: [] });
  }

  #frame(list: Omit<Sessions, "type" | "piRevision">): string {
    return JSON.stringify({ type: "sessions", ...list, piRevision: this.#piRevision });
  }
}
