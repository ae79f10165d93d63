import { record, string } from "@pier/client/messages";
import type { LiveState, ToolRun, TranscriptItem } from "@pier/protocol";
import { finishedRows, toolRow } from "./finished-rows.ts";
import { wasSeenWritten } from "./live-name.ts";
import type { ObservedTimes } from "./observed-times.ts";
import type { FootRow, PartRow, Row, ToolRow } from "./row.ts";
import { foldedRows, isWork, type IsOpen, TurnLayout } from "./turn-layout.ts";
import { TurnNumbers } from "./turn-numbers.ts";

/** An item and how its rows are named. */
export interface Named {
  item: TranscriptItem;
  base: string;
}

/** What a person asked, what was done for it, and the answer. */
export class Turn {
  readonly id: string;
  readonly items: Named[] = [];
  readonly #parts: PartRow[] = [];
  readonly #numbers = new TurnNumbers();
  readonly #times: ObservedTimes;
  /** Calls without a result, by the place of their rows. */
  readonly #open = new Map<string, number>();
  #answerFrom = 0;
  #isOver = false;
  #layout = new TurnLayout();
  #rows: readonly Row[] = [];
  #dirtyFrom = 0;
  #wasFinished: boolean | null = null;
  /** Whether what was asked is not here yet. */
  #isPart = false;
  /** Of its first row among all. */
  start = 0;

  constructor(id: string, times: ObservedTimes) {
    this.id = id;
    this.#times = times;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Whether the model said its last word. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get foldKey(): string {
    return `${this.id}:fold`;
  }

  get lastTime(): number | undefined {
    return this.#numbers.end;
  }

  add(named: Named): void {
    const { item, base } = named;
    const { message } = item;
    this.items.push(named);
    this.#numbers.addMessage(message);
    if (message.role === "toolResult") {
      this.#answer(record(message), base);
      return;
    }
    if (message.role === "assistant") {
      this.closeCalls();
      this.#answerFrom = this.#parts.length;
      this.#isOver = record(message)["stopReason"] !== "toolUse";
    }
    for (const row of finishedRows(item, { base, turn: this.id })) this.#push(this.#timed(row));
  }

  /** Shows how the calls without a result stand. Returns the runs that belong to them. */
  updateCalls({ tools }: LiveState, isRunning: boolean): void {
    for (const [id, at] of this.#open) {
      const row = this.#parts[at];
      if (row?.kind !== "tool") continue;
      const run = tools.get(id);
      const began = wasSeenWritten(row.key) ? undefined : this.lastTime;
      const next = run ? runningRow(row, run, this.#times, began) : { ...row, state: restState(row, isRunning) };
      if (isSame(row, next)) continue;
      this.#parts[at] = next;
      this.#dirtyFrom = Math.min(this.#dirtyFrom, at);
    }
  }

  /** What shows an item of this turn, folded away or not: of a result its call, of a message each of its parts. */
  partsOf({ item: { message }, base }: Named): readonly PartRow[] {
    const call = message.role === "toolResult" ? string(record(message)["toolCallId"]) : undefined;
    return this.#parts.filter(
      (part) =>
        part.key === base ||
        part.key.startsWith(`${base}:`) ||
        (part.kind === "tool" && call !== undefined && part.call === call),
    );
  }

  hasOpenCall(id: string): boolean {
    return this.#open.has(id);
  }

  /** No result will come for the calls so far. */
  closeCalls(): void {
    for (const at of this.#open.values()) {
      const row = this.#parts[at];
      if (row?.kind !== "tool" || row.state === "not run") continue;
      this.#parts[at] = { ...row, state: "stopped" };
      this.#dirtyFrom = Math.min(this.#dirtyFrom, at);
    }
    this.#open.clear();
  }

  /** Brings its rows up to date. Returns the first that changed, or -1. */
  layOut(isFinished: boolean, isOpen: IsOpen): number {
    const from = this.#wasFinished === isFinished ? this.#dirtyFrom : 0;
    if (this.#wasFinished === isFinished && from >= this.#parts.length && this.#parts.length > 0) return -1;
    const changed = isFinished ? this.#layOutFinished(isOpen) : this.#layOutOpen(from, isOpen);
    this.#wasFinished = isFinished;
    this.#dirtyFrom = this.#parts.length;
    return changed;
  }

  /** What comes before its first message is not here yet, or is. */
  setPart(isPart: boolean): void {
    if (this.#isPart === isPart) return;
    this.#isPart = isPart;
    this.#dirtyFrom = 0;
  }

  /** Something of it was opened or closed. */
  invalidate(): void {
    this.#dirtyFrom = 0;
  }

  #layOutOpen(from: number, isOpen: IsOpen): number {
    if (this.#wasFinished !== false) this.#layout = new TurnLayout();
    const changed = this.#layout.update(this.#parts, from, isOpen);
    this.#rows = this.#layout.rows;
    return changed;
  }

  #layOutFinished(isOpen: IsOpen): number {
    const answer = this.#answerStart();
    const work = this.#parts.slice(0, answer).filter(isWork);
    const isFolded = work.length > 1 && work.some(({ kind }) => kind === "tool");
    if (isFolded) {
      const { took, tools, failed, files } = this.#numbers;
      const open = isOpen(this.foldKey) ?? false;
      const numbers = { took, tools, failed, files, isPart: this.#isPart };
      const fold = { kind: "fold", key: this.foldKey, turn: this.id, open, ...numbers } as const;
      this.#rows = foldedRows(this.#parts, answer, fold, isOpen);
    } else {
      const layout = new TurnLayout();
      layout.update(this.#parts, 0, isOpen);
      this.#rows = layout.rows;
    }
    const foot = this.#foot(answer);
    if (foot) this.#rows = [...this.#rows, foot];
    return 0;
  }

  /** The answer is what the model said after its last tool. */
  #answerStart(): number {
    let at = this.#parts.length;
    while (at > this.#answerFrom && isAnswer(this.#parts[at - 1])) at--;
    return at;
  }

  #foot(answerStart: number): FootRow | null {
    const said = this.#parts.slice(answerStart).filter((row) => row.kind === "prose");
    const [first] = said;
    if (!first) return null;
    const { cost, end: time } = this.#numbers;
    const texts = said.map(({ text }) => text);
    return { kind: "foot", key: `${this.id}:foot`, turn: this.id, answer: first.key, texts, time, cost };
  }

  #push(row: PartRow): void {
    this.#dirtyFrom = Math.min(this.#dirtyFrom, this.#parts.length);
    if (row.kind === "tool" && row.call !== undefined) this.#open.set(row.call, this.#parts.length);
    this.#parts.push(row);
  }

  #timed(row: PartRow): PartRow {
    if (row.kind !== "thinking") return row;
    this.#times.end(row.key);
    return { ...row, since: this.#times.since(row.key), took: this.#times.took(row.key) };
  }

  #answer(message: Record<string, unknown>, base: string): void {
    const id = string(message["toolCallId"]);
    const at = this.#open.get(id);
    const row = at === undefined ? undefined : this.#parts[at];
    const call =
      row?.kind === "tool"
        ? row
        : toolRow({ key: base, turn: this.id, call: undefined }, string(message["toolName"]), {}, "waiting");
    const { content, details, isError, durationMs } = message;
    this.#times.end(call.key);
    const took = typeof durationMs === "number" ? durationMs : (call.took ?? this.#times.took(call.key));
    const state = isError === true ? "failed" : "done";
    const answered: ToolRow = { ...call, state, content, details, took };
    this.#numbers.addResult(answered);
    if (at === undefined || call !== row) {
      this.#push(answered);
      return;
    }
    this.#open.delete(id);
    this.#parts[at] = answered;
    this.#dirtyFrom = Math.min(this.#dirtyFrom, at);
  }
}

function isAnswer(row: PartRow | undefined): boolean {
  return row !== undefined && row.kind !== "tool" && row.kind !== "thinking";
}

function restState({ state }: ToolRow, isRunning: boolean): ToolRow["state"] {
  return state === "not run" ? state : isRunning ? "waiting" : "stopped";
}

/** A call as its run stands. `began`: about when, for a run that this page may not have seen begin. */
export function runningRow(row: ToolRow, run: ToolRun, times: ObservedTimes, began: number | undefined): ToolRow {
  times.begin(row.key, began);
  if (run.ended) times.end(row.key);
  const { content, details } = record(run.ended ? run.result : run.partialResult);
  const state = run.ended ? (run.isError ? "failed" : "done") : "running";
  const took = run.durationMs ?? times.took(row.key);
  return { ...row, state, content, details, since: times.since(row.key), took };
}

function isSame(row: ToolRow, next: ToolRow): boolean {
  return row.state === next.state && row.content === next.content && row.took === next.took;
}

/** Whether a message begins a turn, or goes on with the one before it. */
export function beginsTurn({ message }: TranscriptItem, before: Turn | undefined): boolean {
  if (!before || message.role === "user") return true;
  return before.isOver && message.role !== "assistant" && message.role !== "toolResult";
}
