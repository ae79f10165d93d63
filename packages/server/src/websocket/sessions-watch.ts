import type { SessionInfo } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Peer } from "./peer.ts";

/** Tells those who watch what changed in the list of sessions: built once, at most every `limits.watchInterval`. */
export class SessionsWatch {
  readonly #peers = new Set<Peer>();
  readonly #changed = new Set<string>();
  readonly #list: () => SessionInfo[];
  readonly #find: (id: string) => SessionInfo | undefined;
  #timer: NodeJS.Timeout | undefined;

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
    this.#timer ??= setTimeout(() => this.#flush(), limits.watchInterval);
    this.#timer.unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#peers.clear();
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
    const frame = Buffer.from(JSON.stringify({ type: "sessions", full: false, sessions, removed }));
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
    return JSON.stringify({ type: "sessions", full: true, sessions: this.#list(), removed: [] });
  }
}
