import { type Dialog, ExtensionUi, LiveState, type Payload } from "@pier/protocol";
import { type FileItems, ItemIndex } from "./item-index.ts";
import type { Classified, Classify, JournalRecord, Note, PublicRecord } from "./journal-record.ts";
import { shellReply } from "./own-shell.ts";

/** What one record of the journal means for those who listen. */
export interface Folded {
  seq: number;
  /** Events for every client, in order. */
  events: PublicRecord[];
  /** A request of an extension. */
  ui?: PublicRecord;
  /** A dialog that a note closed. */
  closedDialog?: string;
  /** The reply to a command; the id is the one pi knows. */
  reply?: { id: string; record: PublicRecord };
  note?: Note;
  /** Another conversation took this one's place: what clients hold cannot be continued. */
  switched: boolean;
}

export interface FoldOptions {
  classify: Classify;
  /** More dialogs are open than are kept: the oldest was given up. */
  onDialogDropped?(dialog: Dialog): void;
  /** Opens the items of a session file's first `size` bytes. */
  openFile(file: string, size: number): FileItems;
}

/** Commands whose success puts another conversation in this one's place. */
const switches = new Set(["new_session", "switch_session", "fork", "clone"]);

/**
 * Folds a journal, record by record, into the state of its session. The same records give the same state, so a daemon
 * that starts over the journal ends where the last one was.
 */
export class JournalFold {
  readonly live = new LiveState();
  readonly ui: ExtensionUi;
  readonly items = new ItemIndex();
  /** Prompts that pi got, by their ids, until they are forgotten. */
  readonly receipts = new Set<string>();
  /** The byte position up to which the journal was folded. */
  seq: number;
  /** The session file that the items begin from; undefined until a note said so. */
  file: { path: string | null; size: number } | undefined;
  /** Where the present conversation begins in the journal. */
  since: number;
  /** Where the last turn began in the journal; -1 when none did. */
  turnStart = -1;
  /** When pi made the last user's message, ms since 1970; 0 when there was none. */
  lastUserAt = 0;
  /** When pi made each message of the user in the journal. */
  readonly userTimes = new Set<number>();
  /** Whether the process ended. */
  interrupted = false;
  /** Whether messages waited in pi's queue when the process ended. */
  leftQueue = false;
  /** Clients whose cursor stands before this hold another conversation, or other names of its messages. */
  #replayFrom: number;
  readonly classify: Classify;
  readonly #options: FoldOptions;
  readonly #commands = new Map<string, { command: string; excludeFromContext: boolean }>();

  constructor(from: number, options: FoldOptions) {
    this.seq = from;
    this.since = from;
    this.#replayFrom = from;
    this.classify = options.classify;
    this.ui = new ExtensionUi((dialog) => options.onDialogDropped?.(dialog));
    this.#options = options;
  }

  apply(record: JournalRecord): Folded {
    const folded: Folded = { seq: record.end, events: [], switched: false };
    const meaning = this.classify(record);
    this.#applyMeaning(meaning, record, folded);
    this.seq = record.end;
    return folded;
  }

  /** Whether what a client holds that folded up to `seq` can be continued event by event. */
  continues(seq: number): boolean {
    // That the process ended is no event: what was in flight would stay so.
    return !this.interrupted && seq >= this.#replayFrom && seq <= this.seq;
  }

  /** The process ended: what was in flight will not go on. */
  interrupt(): void {
    const { steering, followUp } = this.live.queue;
    this.leftQueue = steering.length > 0 || followUp.length > 0;
    this.interrupted = true;
    this.live.interrupt();
    this.ui.clear();
    this.#commands.clear();
  }

  #applyMeaning(meaning: Classified, record: JournalRecord, folded: Folded): void {
    switch (meaning.kind) {
      case "events":
        folded.events = meaning.records;
        for (const event of meaning.records) this.#applyEvent(event.value, record);
        return;
      case "ui":
        folded.ui = meaning.record;
        this.ui.apply(meaning.record.value);
        return;
      case "reply":
        folded.reply = { id: meaning.id, record: meaning.record };
        if (meaning.forEveryone) {
          folded.events = [meaning.record];
          this.#applyEvent(meaning.record.value, record);
        }
        if (isSwitch(meaning.record.value)) {
          folded.switched = true;
          this.#beginAnew(record.end);
        }
        return;
      case "note":
        folded.note = meaning.note;
        this.#applyNote(meaning.note, record, folded);
        break;
      case "private":
        break;
    }
  }

  #applyEvent(value: Payload, record: JournalRecord): void {
    if (value.type === "agent_start") this.turnStart = record.start;
    const finished = this.live.apply(value);
    if (!finished) return;
    if (finished.role === "user" && typeof finished.timestamp === "number") {
      this.lastUserAt = finished.timestamp;
      this.userTimes.add(finished.timestamp);
    }
    const command = value.type === "response" ? this.#commands.get(String(value.id)) : undefined;
    this.#commands.delete(String(value.id));
    this.items.append({ source: "journal", start: record.start, end: record.end, ...(command && { command }) });
  }

  #applyNote(note: Note, record: JournalRecord, folded: Folded): void {
    if (note.note === "prompt") this.receipts.add(note.id);
    if (note.note === "dialog" && this.ui.dialogs.delete(note.id)) folded.closedDialog = note.id;
    if (note.note === "bash") {
      const { id, command, excludeFromContext } = note;
      this.#commands.set(id, { command, excludeFromContext });
      this.#applyOwn({ type: "pier_bash_start", id, command, excludeFromContext }, record, folded);
    }
    if (note.note === "output")
      this.#applyOwn({ type: "bash_execution_update", id: note.id, delta: note.delta }, record, folded);
    if (note.note === "shell") {
      this.#applyOwn(shellReply(note.id, note.data), record, folded);
      const [reply] = folded.events;
      if (reply) folded.reply = { id: note.id, record: reply };
    }
    if (note.note === "base") this.#rebase(note, record);
  }

  /** An event that a note says. */
  #applyOwn(value: Payload, record: JournalRecord, folded: Folded): void {
    folded.events = [{ text: JSON.stringify(value), value }];
    this.#applyEvent(value, record);
  }

  #rebase(note: Note & { note: "base" }, record: JournalRecord): void {
    this.#replayFrom = record.end;
    this.file = { path: note.file, size: note.size };
    this.since = note.since;
    this.items.rebase(
      note.file !== null && note.size > 0 ? this.#options.openFile(note.file, note.size) : null,
      note.since,
    );
    if (!note.ui) return;
    for (const [key, text] of Object.entries(note.ui.statuses)) this.ui.statuses.set(key, text);
    for (const [key, widget] of Object.entries(note.ui.widgets)) this.ui.widgets.set(key, widget);
    this.ui.title = note.ui.title;
  }

  #beginAnew(since: number): void {
    this.live.interrupt();
    this.since = since;
    this.#replayFrom = since;
    this.file = undefined;
    this.items.rebase(null, since);
  }
}

function isSwitch(value: Payload): boolean {
  const cancelled = (value.data as { cancelled?: unknown } | undefined)?.cancelled;
  return value.success === true && switches.has(String(value.command)) && cancelled !== true;
}
