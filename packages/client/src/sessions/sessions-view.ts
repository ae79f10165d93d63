import type { ServerFrame, SessionInfo } from "@pier/protocol";
import { ClientError } from "../client-error.ts";
import { Listeners } from "../listeners.ts";
import { compareSessions } from "./compare-sessions.ts";

/** What became different in the list of sessions, by id. */
export interface SessionsChange {
  changed: readonly string[];
  removed: readonly string[];
}

type SessionsFrame = Extract<ServerFrame, { type: "sessions" }>;

/** The live list of sessions. While there is no connection it shows the last known one. */
export class SessionsView {
  readonly #sessions = new Map<string, SessionInfo>();
  readonly #listeners = new Listeners<SessionsChange>();
  readonly #onClose: (view: SessionsView) => void;
  #sorted: readonly SessionInfo[] | null = null;
  #synced = false;
  #piRevision: number | undefined;

  constructor(onClose: (view: SessionsView) => void) {
    this.#onClose = onClose;
  }

  get sessions(): ReadonlyMap<string, SessionInfo> {
    return this.#sessions;
  }

  /** Those that need somebody first, live before closed, then the latest active; the same array until a change. */
  get sorted(): readonly SessionInfo[] {
    return (this.#sorted ??= [...this.#sessions.values()].toSorted(compareSessions));
  }

  /** Whether the list is the daemon's present one. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Another number whenever sessions of plain pi came, changed or went; those are listed over REST. */
  get piRevision(): number | undefined {
    return this.#piRevision;
  }

  /** Calls `listener` for each change, also of `synced`; the returned function ends that. */
  subscribe(listener: (change: SessionsChange) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Ends the subscription. */
  close(): void {
    this.#synced = false;
    this.#listeners.clear();
    this.#onClose(this);
  }

  /**
   * Applies a frame of the daemon.
   *
   * @throws ClientError `BAD_FRAME`
   */
  apply({ full, sessions, removed, piRevision }: SessionsFrame): void {
    if (!Array.isArray(sessions) || !Array.isArray(removed) || sessions.some((info) => typeof info?.id !== "string")) {
      throw new ClientError("BAD_FRAME", "The server sent sessions whose lists are not lists of sessions and of ids.");
    }
    // Changes of a list that was not received say nothing.
    if (!full && !this.#synced) return;
    const present = new Set(sessions.map((info) => info.id));
    const gone = full ? [...this.#sessions.keys()].filter((id) => !present.has(id)) : removed;
    for (const id of gone) this.#sessions.delete(id);
    for (const info of sessions) this.#sessions.set(info.id, info);
    this.#sorted = null;
    this.#piRevision = piRevision;
    this.#synced = true;
    this.#listeners.emit({ changed: [...present], removed: gone });
  }

  /** The connection is gone; a whole list will come with the next one. */
  lost(): void {
    if (!this.#synced) return;
    this.#synced = false;
    this.#listeners.emit({ changed: [], removed: [] });
  }
}
