import type { Change, Transcript } from "@pier/client";
import { record, string } from "@pier/client/messages";
import type { TranscriptItem } from "@pier/protocol";
import { isHiddenMessage } from "@pier/protocol/runtime";
import { LiveRows } from "./live-rows.ts";
import { keyAmong, type MessagePlace, placeAmong } from "./message-place.ts";
import { Names } from "./names.ts";
import { ObservedTimes } from "./observed-times.ts";
import type { PartRow, Row } from "./row.ts";
import { beginsTurn, type Named, Turn } from "./turn.ts";

/** What a transcript's rows are made from. */
export type RowSource = Pick<Transcript, "items" | "live" | "hasOlder">;

/** Which rows are others now: those from an index on, as many new ones at the front, or any. */
export type RowsChange = { kind: "end"; from: number } | { kind: "front"; count: number } | { kind: "all" };

export interface TranscriptRowsOptions {
  now: () => number;
  /** Whether somebody reads what was said before: the work of the turn that ends stays open then. */
  isReading: () => boolean;
}

/**
 * A conversation as rows. A change of what is in flight touches the last rows only, a finished message the end of its
 * turn, an older page the front.
 */
export class TranscriptRows {
  readonly rows: Row[] = [];
  readonly #options: TranscriptRowsOptions;
  readonly #open = new Map<string, boolean>();
  readonly #isOpen = (key: string): boolean | undefined => this.#open.get(key);
  readonly #times: ObservedTimes;
  readonly #names = new Names();
  readonly #live: LiveRows;
  #source: RowSource;
  #items: TranscriptItem[] = [];
  #turns: Turn[] = [];
  /** The first turn of the run that is under way: its turns stay as they are until it ends. */
  #runFrom = Infinity;

  constructor(source: RowSource, options: TranscriptRowsOptions) {
    this.#source = source;
    this.#options = options;
    this.#times = new ObservedTimes(options.now);
    this.#live = new LiveRows(this.#times);
    this.#restart();
  }

  /** Shows another transcript of the same session. */
  follow(source: RowSource): RowsChange {
    this.#source = source;
    return this.#restart();
  }

  /** Takes what changed in the transcript; null when that shows in no row. */
  apply(change: Change): RowsChange | null {
    switch (change.kind) {
      case "reset":
        return this.#restart();
      case "items":
        return this.#update(this.#append(this.#source.items.slice(change.from), true));
      case "older":
        return this.#prepend(this.#source.items.slice(0, change.count));
      case "trimmed":
        return this.#trim(change.count);
      case "live":
        return this.#update(this.#turns.length - 1);
      default:
        return null;
    }
  }

  /** A person opened or closed a fold or a group. */
  setOpen(key: string, turn: string, isOpen: boolean): RowsChange {
    this.#open.set(key, isOpen);
    const at = this.#turns.findLastIndex(({ id }) => id === turn);
    this.#turns[at]?.invalidate();
    return this.#update(at);
  }

  /** What shows an item, folded away or not; nothing for one that people do not see. */
  partsOf({ key }: TranscriptItem): readonly PartRow[] {
    for (const turn of this.#turns) {
      const named = turn.items.find(({ item }) => item.key === key);
      if (named) return turn.partsOf(named);
    }
    return [];
  }

  /** Opens what hides a part: the work of its turn, and a group in it. Returns what changed; null when it is seen already. */
  uncover({ key, turn }: PartRow): RowsChange | null {
    const at = this.#turns.findLastIndex(({ id }) => id === turn);
    const held = this.#turns[at];
    const isSeen = (): boolean => held?.rows.some((row) => row.key === key) ?? true;
    if (!held || isSeen()) return null;
    this.setOpen(held.foldKey, turn, true);
    const groups = held.rows.filter((row) => row.kind === "group" && !row.open);
    for (const group of groups) if (!isSeen()) this.setOpen(group.key, turn, true);
    return { kind: "end", from: held.start };
  }

  /** Where a row stands, in words that outlive this page; null for what is in flight. */
  placeOf(key: string): MessagePlace | null {
    const turn = this.#turns.find(({ id }) => id === this.rows.find((row) => row.key === key)?.turn);
    return turn ? placeAmong(turn.items, key) : null;
  }

  /** The key of the row at a place, or of the one that holds it folded; null when its message is not here. */
  rowAt(place: MessagePlace): string | null {
    for (const { items, rows } of this.#turns) {
      const key = keyAmong(items, place);
      if (key === null) continue;
      const row = rows.find((one) => one.key === key) ?? rows.find(({ kind }) => kind === "fold") ?? rows[0];
      return row?.key ?? null;
    }
    return null;
  }

  #restart(): RowsChange {
    this.#names.replace(this.#items);
    this.#items = [];
    this.#turns = [];
    this.rows.length = 0;
    this.#append(this.#source.items, false);
    this.#runFrom = this.#source.live.running ? Math.max(0, this.#turns.length - 1) : Infinity;
    this.#update(0);
    return { kind: "all" };
  }

  /** Adds items at the end; `isNew`: which were in flight until now. Returns the first turn that changed. */
  #append(items: readonly TranscriptItem[], isNew: boolean): number {
    // The turn that was last may be over now.
    const first = Math.max(0, this.#turns.length - 1);
    for (const item of items) {
      this.#items.push(item);
      if (isHiddenMessage(item.message)) continue;
      const before = this.#turns.at(-1);
      const named = { item, base: this.#names.of(item, isNew ? this.#nameInFlight(item) : undefined) };
      if (beginsTurn(item, before)) {
        before?.closeCalls();
        this.#turns.push(this.#turn(named.base));
      }
      this.#turns.at(-1)?.add(named);
    }
    return first;
  }

  #nameInFlight({ message }: TranscriptItem): string | undefined {
    if (message.role === "assistant") return this.#live.takeName(message);
    return message.role === "bashExecution" ? this.#live.takeShellName(string(record(message)["command"])) : undefined;
  }

  #turn(base: string): Turn {
    return new Turn(`turn:${base}`, this.#times);
  }

  /** Brings the rows of the turns from one on, and of what is in flight, up to date. */
  #update(fromTurn: number): RowsChange {
    const { live } = this.#source;
    const [first] = this.#turns;
    const last = this.#turns.at(-1);
    first?.setPart(this.#source.hasOlder && first.items[0]?.item.message.role !== "user");
    last?.updateCalls(live, live.running);
    let changed = this.#noticeRun(fromTurn);
    let row = Infinity;
    for (; changed < this.#turns.length; changed++) {
      const turn = this.#turns[changed] as Turn;
      const own = turn.layOut(this.#isFinished(changed), this.#isOpen);
      if (own >= 0) row = Math.min(row, turn.start + own);
      const next = this.#turns[changed + 1];
      const start = turn.start + turn.rows.length;
      if (next && next.start !== start) {
        next.start = start;
        row = Math.min(row, start);
      }
    }
    const finishedEnd = last ? last.start + last.rows.length : 0;
    const from = Math.min(row, finishedEnd);
    this.rows.length = Math.min(from, this.rows.length);
    this.#fill();
    for (const liveRow of this.#live.rows(live, last)) this.rows.push(liveRow);
    return { kind: "end", from };
  }

  /** Puts the turns' rows behind those that stand. */
  #fill(): void {
    let at = this.#turns.length - 1;
    while (at > 0 && (this.#turns[at] as Turn).start > this.rows.length) at--;
    for (; at >= 0 && at < this.#turns.length; at++) {
      const { rows, start } = this.#turns[at] as Turn;
      for (let own = this.rows.length - start; own < rows.length; own++) this.rows.push(rows[own] as Row);
    }
  }

  /** A run began or ended. Returns the first turn that may look different. */
  #noticeRun(fromTurn: number): number {
    const { running } = this.#source.live;
    const wasRunning = this.#runFrom !== Infinity;
    if (running === wasRunning) return Math.max(0, fromTurn);
    if (running) {
      const last = this.#turns.at(-1);
      this.#runFrom = Math.max(0, last?.isOver ? this.#turns.length : this.#turns.length - 1);
      return Math.max(0, fromTurn);
    }
    const first = Math.max(0, Math.min(fromTurn, this.#runFrom));
    if (this.#options.isReading()) {
      for (const { foldKey } of this.#turns.slice(first)) if (!this.#open.has(foldKey)) this.#open.set(foldKey, true);
    }
    this.#runFrom = Infinity;
    return first;
  }

  #isFinished(turn: number): boolean {
    return turn < this.#runFrom && (turn < this.#turns.length - 1 || !this.#source.live.running);
  }

  #prepend(items: readonly TranscriptItem[]): RowsChange {
    const before = this.rows.length;
    const newer = this.#turns;
    const held = this.#items;
    const runFrom = this.#runFrom;
    this.#turns = [];
    this.#items = [];
    this.#append(items, false);
    for (const item of held) this.#items.push(item);
    const [first, ...others] = newer;
    const last = this.#turns.at(-1);
    first?.setPart(false);
    if (first && last && !beginsWithQuestion(first, last)) {
      // The page ends within the turn that is shown first: it is made anew, under the name it has.
      this.#turns[this.#turns.length - 1] = this.#remade(
        first.id,
        [...last.items, ...first.items],
        others.length === 0,
      );
      for (const turn of others) this.#turns.push(turn);
    } else {
      if (first) last?.closeCalls();
      for (const turn of newer) this.#turns.push(turn);
    }
    this.#runFrom = runFrom === Infinity ? Infinity : runFrom + this.#turns.length - newer.length;
    this.#renumber();
    return { kind: "front", count: this.rows.length - before };
  }

  #trim(count: number): RowsChange {
    const gone = new Set(this.#items.slice(0, count).map(({ key }) => key));
    this.#names.forget(this.#items.splice(0, count));
    const [...turns] = this.#turns;
    const firstKept = turns.findIndex((turn) => turn.items.some(({ item }) => !gone.has(item.key)));
    const kept = firstKept < 0 ? [] : turns.slice(firstKept);
    const [first] = kept;
    const left = first?.items.filter(({ item }) => !gone.has(item.key)) ?? [];
    if (first && left.length < first.items.length) kept[0] = this.#remade(first.id, left, kept.length === 1);
    this.#runFrom = this.#runFrom === Infinity ? Infinity : Math.max(0, this.#runFrom - (turns.length - kept.length));
    this.#turns = kept;
    this.#renumber();
    return { kind: "all" };
  }

  #remade(id: string, items: readonly Named[], isLast: boolean): Turn {
    const turn = new Turn(id, this.#times);
    for (const named of items) turn.add(named);
    if (!isLast) turn.closeCalls();
    return turn;
  }

  /** All turns stand elsewhere. */
  #renumber(): void {
    this.rows.length = 0;
    const first = this.#turns[0];
    if (first) first.start = 0;
    this.#update(0);
  }
}

/** Whether two turns of neighbouring pages are two. */
function beginsWithQuestion(turn: Turn, before: Turn): boolean {
  const [first] = turn.items;
  return first !== undefined && beginsTurn(first.item, before);
}
