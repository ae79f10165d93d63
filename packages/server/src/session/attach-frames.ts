import {
  type Attached,
  type Cursor,
  limits,
  type OfferedPrompt,
  type Payload,
  type SessionInfo,
  type Window,
} from "@pier/protocol";
import { limits as serverLimits } from "../limits.ts";
import { Coalescer } from "./coalescer.ts";
import { elide } from "./elide.ts";
import { eventsFrame, uiRequestFrame } from "./frame-text.ts";
import type { Item, ItemContent } from "./item-index.ts";
import { JournalFold } from "./journal-fold.ts";
import type { JournalRecord } from "./journal-record.ts";
import { cutPage } from "./window.ts";
import { withoutRepetition } from "./without-repetition.ts";

export interface AttachInput {
  session: string;
  epoch: string;
  fold: JournalFold;
  info: SessionInfo;
  offered: OfferedPrompt[];
  cursor: Cursor | undefined;
  window: Window | undefined;
  /** See `PageOptions`. */
  whole?: number | undefined;
  read(item: Item): ItemContent;
  journal: JournalSource | null;
}

/** What a replay reads. */
export interface JournalSource {
  journalStart(): number;
  isBoundary(position: number): boolean;
  readRecords(from: number, to: number): JournalRecord[];
}

/**
 * The frames that bring a client to the present cut: a replay of what it missed where its cursor allows it, otherwise a
 * snapshot. Both come from one state in one tick, so nothing falls between them and the live events that follow.
 */
export function attachFrames(input: AttachInput): string[] {
  const { cursor, fold, journal } = input;
  if (journal && cursor && cursor.epoch === input.epoch && canReplay(cursor.seq, fold, journal)) {
    return [attachedFrame(input, "replay", ""), ...replayFrames(input, journal, cursor.seq)];
  }
  const page = cutPage(fold.items, {
    session: input.session,
    skip: 0,
    window: input.window,
    whole: input.whole,
    read: (item) => input.read(item),
  });
  const before = page.before === undefined ? "" : `,"before":${JSON.stringify(page.before)}`;
  const tail = JSON.stringify(fold.live.tail().map(withoutLargeResults));
  return [attachedFrame(input, "snapshot", `,"messages":[${page.items.join(",")}]${before},"tail":${tail}`)];
}

/** A finished tool's result has no address before its message is there; until then its ends must do. */
function withoutLargeResults(event: Payload): Payload {
  return event.type.startsWith("tool_execution_") ? elide(event, null) : event;
}

function canReplay(seq: number, fold: JournalFold, journal: JournalSource): boolean {
  const held = fold.continues(seq) && seq >= journal.journalStart();
  return held && fold.seq - seq <= limits.replay && journal.isBoundary(seq);
}

function attachedFrame(input: AttachInput, mode: Attached["mode"], rest: string): string {
  const { fold, session, epoch, info, offered } = input;
  const { live, ui } = fold;
  const frame: Omit<Attached, "messages" | "before" | "tail"> = {
    type: "attached",
    session,
    epoch,
    seq: fold.seq,
    mode,
    info,
    state: { running: live.running, pi: live.pi, compaction: live.compaction, retry: live.retry, offered },
    dialogs: [...ui.dialogs.values()],
    statuses: Object.fromEntries(ui.statuses),
    widgets: Object.fromEntries(ui.widgets),
    title: ui.title,
    queue: live.queue,
  };
  return `${JSON.stringify(frame).slice(0, -1)}${rest}}`;
}

/** The missed events, joined as far as they can be, and the requests of extensions that only mattered in their moment. */
function replayFrames(input: AttachInput, journal: JournalSource, from: number): string[] {
  const { session, fold } = input;
  const { classify } = fold;
  const frames: string[] = [];
  const coalescer = new Coalescer();
  let seq = from;
  const flush = (): void => {
    const texts = coalescer.take();
    if (texts.length > 0) frames.push(eventsFrame(session, seq, texts));
  };
  // The fold of a shadow gives the events of notes exactly as the live one did.
  const shadow = new JournalFold(from, { classify, openFile: () => ({ fromEnd: () => undefined, indexOf: () => -1 }) });
  for (const record of journal.readRecords(from, fold.seq)) {
    const folded = shadow.apply(record);
    if (folded.ui && shadow.ui.apply(folded.ui.value)) {
      flush();
      frames.push(uiRequestFrame(session, record.end, folded.ui.text, undefined));
    }
    if (folded.events.length === 0) continue;
    for (const event of folded.events) coalescer.push(withoutRepetition(event));
    seq = record.end;
    if (coalescer.size > serverLimits.coalesced) flush();
  }
  flush();
  // Says that the replay is over, also where the last records were nobody's but the daemon's.
  frames.push(eventsFrame(session, fold.seq, []));
  return frames;
}
