import type {
  Attached,
  Cursor,
  ExtensionUiRequest,
  OfferedPrompt,
  Payload,
  SessionInfo,
  TranscriptItem,
} from "@pier/protocol";
import { ExtensionUi, LiveState } from "@pier/protocol/runtime";
import { ClientError } from "../client-error.ts";
import { Listeners } from "../listeners.ts";
import { applyAttachedState } from "./attached-state.ts";
import type { Change } from "./change.ts";
import { checkFrame } from "./check-frame.ts";
import { extensionUiOf } from "./extension-ui-state.ts";
import { ItemList } from "./item-list.ts";
import { Position } from "./position.ts";
import type { SessionFrame } from "./session-frame.ts";

/**
 * - `attaching`: waits for the first `attached`, or for one after a lost connection; what is shown may be old.
 * - `live`: every event comes.
 * - `detached`: this program ended the attachment or the connection, or the daemon refused it; see `error`.
 * - `gone`: there is no such session (any more).
 */
export type TranscriptStatus = "attaching" | "live" | "detached" | "gone";

/**
 * A session as its frames tell it: what was said, what is in flight, what extensions show. Pure: frames go in with `apply`,
 * changes come out to listeners, synchronously after each frame.
 */
export class Transcript {
  readonly session: string;
  #list = new ItemList([], undefined);
  #live = new LiveState();
  #ui = new ExtensionUi();
  #info: SessionInfo | null = null;
  #offered: OfferedPrompt[] = [];
  #presence: { device: string; client: string }[] = [];
  #status: TranscriptStatus = "attaching";
  #error: ClientError | null = null;
  readonly #position = new Position();
  /** The replay that is under way. */
  #replay: Attached | null = null;
  readonly #listeners = new Listeners<Change>();

  constructor(session: string) {
    this.session = session;
  }

  /** Finished messages, oldest first; the same array until a `reset`. */
  get items(): readonly TranscriptItem[] {
    return this.#list.items;
  }

  /** Names the page before the first item; undefined when there is none, and when it must be found anew (`hasOlder`). */
  get before(): string | undefined {
    return this.#list.before;
  }

  get hasOlder(): boolean {
    return this.#list.before !== undefined || this.#list.lost;
  }

  /** Whether as many items are held as this client keeps. */
  get full(): boolean {
    return this.#list.full;
  }

  /** What is in flight; another object after a `reset`. */
  get live(): LiveState {
    return this.#live;
  }

  /** Dialogs, statuses, widgets and the title; another object after every `ui` change that came with a reconnection. */
  get ui(): ExtensionUi {
    return this.#ui;
  }

  /** What the list of sessions shows of this one; null until attached. */
  get info(): SessionInfo | null {
    return this.#info;
  }

  /** Prompts that were accepted but that pi did not save before it ended. */
  get offered(): readonly OfferedPrompt[] {
    return this.#offered;
  }

  /** Who is attached. */
  get presence(): readonly { device: string; client: string }[] {
    return this.#presence;
  }

  /** The last event applied; null when nothing can be continued from. */
  get cursor(): Cursor | null {
    return this.#position.cursor;
  }

  get status(): TranscriptStatus {
    return this.#status;
  }

  /** Why the status is `detached` or `gone`, if something was wrong. */
  get error(): ClientError | null {
    return this.#error;
  }

  /** Whether all events up to the moment of attaching were applied: false while missed ones still come. */
  get caughtUp(): boolean {
    return this.#status === "live" && this.#replay === null;
  }

  /** Calls `listener` for each change; the returned function ends that. */
  subscribe(listener: (change: Change) => void): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Applies one frame of this session.
   *
   * @throws ClientError `BAD_FRAME` when it does not fit: what was missed can then only come with a snapshot
   */
  apply(frame: SessionFrame): void {
    let changes: Change[];
    try {
      checkFrame(frame);
      changes = this.#apply(frame);
    } catch (cause) {
      this.forgetCursor();
      if (cause instanceof ClientError) throw cause;
      throw new ClientError("BAD_FRAME", `The server sent ${frame.type} that could not be applied: ${String(cause)}.`, {
        cause,
      });
    }
    for (const change of changes) this.#listeners.emit(change);
  }

  /** The events' source is gone; another `attached` will say how they go on. */
  awaitAttached(): void {
    this.#position.close();
    this.#replay = null;
    this.#setStatus("attaching", null);
  }

  /** Nothing can be continued from what is held: only a snapshot will be taken. */
  forgetCursor(): void {
    this.#position.forget();
    this.#replay = null;
  }

  /** All missed events came, though the last of them had no frame of its own. */
  endReplay(): void {
    if (!this.#replay) return;
    for (const change of this.#finishReplay()) this.#listeners.emit(change);
  }

  /** No frame will come any more. */
  end(status: "detached" | "gone", error: ClientError | null): void {
    this.#position.close();
    this.#replay = null;
    this.#setStatus(status, error);
  }

  #apply(frame: SessionFrame): Change[] {
    switch (frame.type) {
      case "attached":
        return frame.mode === "snapshot" ? this.#takeSnapshot(frame) : this.#beginReplay(frame);
      case "event":
        return this.#applyEvents(frame.seq, [frame.payload]);
      case "events":
        return this.#applyEvents(frame.seq, frame.payloads);
      case "extension_ui_request":
        return this.#applyUiRequest(frame);
      case "extension_ui_resolved": {
        if (!this.#ui.dialogs.delete(frame.id)) return [];
        return [{ kind: "ui", closed: { id: frame.id, reason: frame.reason } }];
      }
      case "history":
        this.#list.prepend(frame.messages, frame.before);
        return [{ kind: "older", count: frame.messages.length }];
      case "presence":
        this.#presence = frame.clients;
        return [{ kind: "presence" }];
      case "resync":
        this.forgetCursor();
        this.#status = "attaching";
        return [{ kind: "status" }];
      case "session":
        this.#info = frame.info;
        this.#offered = frame.offered;
        return [{ kind: "info" }];
    }
  }

  #takeSnapshot(frame: Attached): Change[] {
    const list = new ItemList(frame.messages ?? [], frame.before);
    const live = new LiveState();
    for (const [index, payload] of (frame.tail ?? []).entries()) {
      const message = live.apply(payload);
      if (message) list.append({ key: eventKey(frame.epoch, frame.seq, index), message });
    }
    applyAttachedState(live, frame);
    this.#list = list;
    this.#live = live;
    this.#ui = extensionUiOf(frame);
    this.#replay = null;
    this.#begin(frame, { epoch: frame.epoch, seq: frame.seq });
    return [{ kind: "reset" }, { kind: "status" }];
  }

  #beginReplay(frame: Attached): Change[] {
    const cursor = this.#position.cursor;
    if (cursor?.epoch !== frame.epoch) {
      const held = cursor ? `epoch ${cursor.epoch}` : "no cursor";
      throw new ClientError("BAD_FRAME", `The server replays epoch ${frame.epoch}, but this client holds ${held}.`);
    }
    this.#ui = extensionUiOf(frame);
    this.#replay = frame;
    this.#begin(frame, cursor);
    const news: Change[] = [{ kind: "ui" }, { kind: "info" }, { kind: "status" }];
    return cursor.seq >= frame.seq ? [...this.#finishReplay(), ...news.slice(0, 2)] : news;
  }

  #begin(frame: Attached, cursor: Cursor): void {
    this.#position.begin(cursor);
    this.#info = frame.info;
    this.#offered = frame.state.offered;
    this.#status = "live";
    this.#error = null;
  }

  #finishReplay(): Change[] {
    if (this.#replay) applyAttachedState(this.#live, this.#replay);
    this.#replay = null;
    return [{ kind: "live" }, { kind: "status" }];
  }

  /** What `attached` said of its moment holds before the first event that is newer. */
  #finishReplayBefore(seq: number): Change[] {
    return this.#replay && seq > this.#replay.seq ? this.#finishReplay() : [];
  }

  #finishReplayAt(seq: number): Change[] {
    return this.#replay && seq >= this.#replay.seq ? this.#finishReplay() : [];
  }

  #applyEvents(seq: number, payloads: readonly Payload[]): Change[] {
    if (!this.#position.advance(seq)) return [];
    const changes = this.#finishReplayBefore(seq);
    const from = this.#list.items.length;
    for (const [index, payload] of payloads.entries()) {
      const message = this.#live.apply(payload);
      if (message) this.#list.append({ key: eventKey(this.cursor?.epoch ?? "", seq, index), message });
    }
    if (this.#list.items.length > from) {
      const trimmed = this.#list.trim();
      if (trimmed > 0) changes.push({ kind: "trimmed", count: trimmed });
      changes.push({ kind: "items", from: Math.max(0, from - trimmed) });
    }
    if (payloads.length > 0) changes.push({ kind: "live" });
    return [...changes, ...this.#finishReplayAt(seq)];
  }

  #applyUiRequest(request: ExtensionUiRequest): Change[] {
    if (!this.#position.advance(request.seq)) return [];
    const changes = this.#finishReplayBefore(request.seq);
    // While events are replayed, `ui` is already that of the moment of attaching: a dialog of then may be closed by now.
    const missed = this.#replay !== null;
    const momentary = (missed ? new ExtensionUi() : this.#ui).apply(request);
    if (momentary) changes.push({ kind: "notice", request, missed });
    else if (!missed) changes.push({ kind: "ui" });
    return [...changes, ...this.#finishReplayAt(request.seq)];
  }

  #setStatus(status: TranscriptStatus, error: ClientError | null): void {
    if (this.#status === status && this.#error === error) return;
    this.#status = status;
    this.#error = error;
    this.#listeners.emit({ kind: "status" });
  }
}

function eventKey(epoch: string, seq: number, index: number): string {
  return `e:${epoch}:${seq}:${index}`;
}
