import type { ClientFrame, ServerFrame } from "@pier/protocol";
import { SessionsView } from "./sessions-view.ts";

/** The views of one connection, which share one subscription. */
export class Watch {
  readonly #send: (frame: ClientFrame) => void;
  readonly #views = new Set<SessionsView>();

  constructor(send: (frame: ClientFrame) => void) {
    this.#send = send;
  }

  /** Adds a view; the first one begins the subscription, the last one to close ends it. */
  add(): SessionsView {
    const [other] = this.#views;
    const view = new SessionsView((closed) => this.#remove(closed));
    this.#views.add(view);
    if (!other) this.open();
    else if (other.synced) view.apply(fullList(other));
    return view;
  }

  /** A connection was welcomed. */
  open(): void {
    if (this.#views.size > 0) this.#send({ type: "watch", topic: "sessions" });
  }

  handle(frame: Extract<ServerFrame, { type: "sessions" }>): void {
    for (const view of this.#views) view.apply(frame);
  }

  lost(): void {
    for (const view of this.#views) view.lost();
  }

  #remove(view: SessionsView): void {
    if (this.#views.delete(view) && this.#views.size === 0) this.#send({ type: "unwatch", topic: "sessions" });
  }
}

function fullList({ sessions, piRevision }: SessionsView): Extract<ServerFrame, { type: "sessions" }> {
  const revision = piRevision === undefined ? {} : { piRevision };
  return { type: "sessions", full: true, sessions: [...sessions.values()], removed: [], ...revision };
}
