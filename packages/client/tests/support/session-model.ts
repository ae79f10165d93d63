import { type Attached, type Cursor, ExtensionUi, LiveState, type Payload, type TranscriptItem } from "@pier/protocol";
import { attached, sessionInfo } from "./frames.ts";
import type { AnyFrame } from "./memory-socket.ts";

interface JournalRecord {
  seq: number;
  /** What clients get of it; nothing for a reply to somebody else or a note. */
  event?: Payload;
  ui?: Payload;
}

/** How a daemon answers `attach`. */
export interface Manner {
  mayReplay: boolean;
  /** How many events one frame holds at most. */
  joined: number;
  /** Whether it sends again what the client has, and requests whose state `attached` told already. */
  careless: boolean;
}

/** What a daemon knows of one session, as small as it can be said: a journal, and the state that it folds to. */
export class SessionModel {
  live = new LiveState();
  readonly ui = new ExtensionUi();
  items: TranscriptItem[] = [];
  #epoch = 1;
  #journal: JournalRecord[] = [];
  #seq = 0;
  /** The cursor must not be older than this to be continued from. */
  #start = 0;

  /** A record of pi. Returns the frame for those who are attached. */
  event(payload: Payload, bytes: number): AnyFrame {
    const seq = this.#advance(bytes);
    this.#journal.push({ seq, event: payload });
    const message = this.live.apply(payload);
    if (message) this.items.push({ key: `j${seq}`, message });
    return { type: "event", session: "s", seq, payload };
  }

  /** A request of an extension. */
  request(request: Payload, bytes: number): AnyFrame {
    const seq = this.#advance(bytes);
    this.#journal.push({ seq, ui: request });
    this.ui.apply(request);
    return { ...request, type: "extension_ui_request", session: "s", seq };
  }

  /** A dialog is closed; the journal does not tell. */
  resolve(id: string): AnyFrame[] {
    if (!this.ui.dialogs.delete(id)) return [];
    return [{ type: "extension_ui_resolved", session: "s", id, reason: "answered" }];
  }

  /** A record that no client gets. */
  private(bytes: number): void {
    this.#journal.push({ seq: this.#advance(bytes) });
  }

  /** The journal before now is not held any more. */
  trim(): void {
    this.#start = this.#seq;
  }

  /** Another conversation in the same process. */
  switch(): AnyFrame[] {
    // The switch is a record itself, so no cursor of before stands where the new conversation begins.
    this.private(1);
    this.live.interrupt();
    this.items = [];
    this.trim();
    return [{ type: "resync", session: "s", reason: "switched" }, this.#snapshot()];
  }

  /** Another process. */
  restart(): AnyFrame[] {
    this.live = new LiveState();
    this.ui.clear();
    this.#epoch++;
    this.#journal = [];
    this.#seq = 0;
    this.#start = 0;
    // What another process said is in the session file, whose items are named by their place there.
    this.items = this.items.map(({ message }, at) => ({ key: `s${at}`, message }));
    return [{ type: "resync", session: "s", reason: "restarted" }, this.#snapshot()];
  }

  slow(): AnyFrame[] {
    return [{ type: "resync", session: "s", reason: "slow" }, this.#snapshot()];
  }

  /** The frames that answer `attach`. */
  attach(cursor: Cursor | undefined, { mayReplay, joined, careless }: Manner): AnyFrame[] {
    if (!mayReplay || cursor?.epoch !== `e${this.#epoch}` || cursor.seq < this.#start) return [this.#snapshot()];
    const missed = this.#journal.filter(({ seq }) => seq > cursor.seq);
    const known = careless ? this.#journal.filter(({ seq }) => seq <= cursor.seq).slice(-3) : [];
    return [
      this.#attached({ mode: "replay" }),
      ...known.flatMap((record) => replay([record], 1, careless)),
      ...replay(missed, joined, careless),
    ];
  }

  #snapshot(): Attached {
    return this.#attached({ mode: "snapshot", messages: this.items, tail: this.live.tail() });
  }

  #attached(change: Partial<Attached>): Attached {
    const { live, ui } = this;
    return attached({
      epoch: `e${this.#epoch}`,
      seq: this.#seq,
      info: sessionInfo(),
      state: { running: live.running, pi: live.pi, compaction: live.compaction, retry: live.retry, offered: [] },
      dialogs: [...ui.dialogs.values()],
      statuses: Object.fromEntries(ui.statuses),
      widgets: Object.fromEntries(ui.widgets),
      title: ui.title,
      queue: live.queue,
      ...change,
    });
  }

  #advance(bytes: number): number {
    this.#seq += bytes;
    return this.#seq;
  }
}

/** Missed records as frames: events joined, of the requests only those that matter in their moment. */
function replay(missed: readonly JournalRecord[], joined: number, careless: boolean): AnyFrame[] {
  const frames: AnyFrame[] = [];
  let payloads: Payload[] = [];
  let seq = 0;
  const flush = (): void => {
    if (payloads.length > 0) frames.push({ type: "events", session: "s", seq, payloads });
    payloads = [];
  };
  for (const record of missed) {
    if (record.ui && (careless || new ExtensionUi().apply(record.ui))) {
      flush();
      frames.push({ ...record.ui, type: "extension_ui_request", session: "s", seq: record.seq });
    }
    if (record.event) {
      payloads.push(record.event);
      seq = record.seq;
      if (payloads.length >= joined) flush();
    }
  }
  flush();
  return frames;
}
