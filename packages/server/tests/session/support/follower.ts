import {
  type Attached,
  type Cursor,
  ExtensionUi,
  type ExtensionUiRequest,
  LiveState,
  type OfferedPrompt,
  type ServerFrame,
  type Window,
} from "@pier/protocol";
import type { Session } from "../../../src/session/session.ts";

/** A client's view of a session, folded from its frames as the real one does it. */
export class Follower {
  messages: unknown[] = [];
  live = new LiveState();
  ui = new ExtensionUi();
  offered: OfferedPrompt[] = [];
  cursor: Cursor | undefined;
  readonly frames: ServerFrame[] = [];
  readonly notices: string[] = [];
  /** Counts attaches, so that one that was overtaken knows. */
  #turn = 0;
  #leave: (() => void) | undefined;
  #replay: Attached | undefined;

  get mode(): Attached["mode"] | undefined {
    return this.frames.findLast((frame): frame is Attached => frame.type === "attached")?.mode;
  }

  /** Attaches, with what it holds if `keep`. */
  async attach(session: Session, options: { interval?: number; keep?: boolean; window?: Window } = {}): Promise<void> {
    const turn = ++this.#turn;
    this.#stop();
    const { interval = 0, keep = true, window } = options;
    const subscriber = {
      deliver: (frame: Uint8Array) => {
        if (turn === this.#turn) this.take(JSON.parse(Buffer.from(frame).toString("utf8")) as ServerFrame);
      },
      resync: () => void this.attach(session, { ...options, keep: false }),
    };
    const cursor = keep ? this.cursor : undefined;
    const leave = await session.attach(subscriber, { cursor, window, interval }, (frames) => {
      if (turn !== this.#turn) return;
      for (const frame of frames) this.take(JSON.parse(frame) as ServerFrame);
      this.#endReplay();
    });
    if (turn === this.#turn) this.#leave = leave;
    else leave();
  }

  /** The connection is cut. */
  leave(): void {
    this.#turn++;
    this.#stop();
  }

  /** What a person would see. */
  view(): object {
    const { live, ui } = this;
    return {
      messages: this.messages,
      tail: live.tail(),
      running: live.running,
      queue: live.queue,
      compaction: live.compaction,
      retry: live.retry,
      pi: live.pi,
      dialogs: [...ui.dialogs.values()].toSorted((a, b) => a.id.localeCompare(b.id)),
      statuses: Object.fromEntries(ui.statuses),
      widgets: Object.fromEntries(ui.widgets),
      title: ui.title,
      offered: this.offered,
    };
  }

  take(frame: ServerFrame): void {
    this.frames.push(frame);
    switch (frame.type) {
      case "attached":
        return this.#attached(frame);
      case "event":
        return this.#events(frame.seq, [frame.payload]);
      case "events":
        return this.#events(frame.seq, frame.payloads);
      case "extension_ui_request":
        return this.#request(frame);
      case "extension_ui_resolved":
        this.ui.dialogs.delete(frame.id);
        return;
      case "session":
        this.offered = frame.offered;
        return;
      case "notice":
        this.notices.push(frame.message);
        break;
      default:
    }
  }

  #attached(frame: Attached): void {
    if (frame.mode === "replay" && frame.epoch !== this.cursor?.epoch)
      throw new Error("A replay of what was not asked for.");
    this.ui = new ExtensionUi();
    for (const dialog of frame.dialogs) this.ui.dialogs.set(dialog.id, dialog);
    for (const [key, text] of Object.entries(frame.statuses)) this.ui.statuses.set(key, text);
    for (const [key, widget] of Object.entries(frame.widgets)) this.ui.widgets.set(key, widget);
    this.ui.title = frame.title;
    this.offered = frame.state.offered;
    this.#replay = frame;
    if (frame.mode === "replay") return;
    this.messages = (frame.messages ?? []).map(({ message }) => message);
    this.live = new LiveState();
    for (const payload of frame.tail ?? []) this.live.apply(payload);
    this.cursor = { epoch: frame.epoch, seq: frame.seq };
    this.#endReplay();
  }

  #events(seq: number, payloads: readonly { type: string }[]): void {
    if (!this.cursor) throw new Error("Events before the first attached.");
    if (seq === this.cursor.seq && payloads.length === 0) return;
    if (seq <= this.cursor.seq) throw new Error(`Events of ${seq} after ${this.cursor.seq}.`);
    this.cursor = { ...this.cursor, seq };
    for (const payload of payloads) {
      const message = this.live.apply(payload);
      if (message) this.messages.push(message);
    }
  }

  #request(frame: ExtensionUiRequest): void {
    if (this.cursor && frame.seq > this.cursor.seq) this.cursor = { ...this.cursor, seq: frame.seq };
    if (this.ui.apply(frame)) this.notices.push(String(frame.message));
  }

  /** What `attached` said of its moment holds after all that was missed. */
  #endReplay(): void {
    const frame = this.#replay;
    this.#replay = undefined;
    if (!frame) return;
    const { state, queue } = frame;
    const { live } = this;
    if (live.running && !state.running) live.interrupt();
    Object.assign(live, {
      running: state.running,
      pi: state.pi,
      compaction: state.compaction,
      retry: state.retry,
      queue,
    });
  }

  #stop(): void {
    this.#leave?.();
    this.#leave = undefined;
  }
}
