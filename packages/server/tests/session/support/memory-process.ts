import { PierError } from "@pier/protocol";
import { RecordSplitter } from "../../../src/agent/record-splitter.ts";
import type { AgentProcess, ExitInfo } from "../../../src/session/agent-process.ts";
import type { JournalRecord } from "../../../src/session/journal-record.ts";
import type { Life } from "./life.ts";
import { MemoryPi, type MemoryPiOptions } from "./memory-pi.ts";

/** What a pipe takes in one piece; small, so that most prompts need several. */
const pipeBuffer = 512;

/** A pi process as the operating system keeps it: it lives on when the daemon dies. */
export class MemoryProcess {
  readonly pi: MemoryPi;
  readonly epoch: string;
  readonly startedFrom: { file: string | null; size: number };
  readonly version: string;
  journal = Buffer.alloc(0);
  /** First byte of the journal that is held. */
  start = 0;
  exit: ExitInfo | null = null;
  /** Suspended by a signal: it reads nothing and says nothing. */
  stopped = false;
  /** Its stdin takes nothing more. */
  full = false;
  readonly onChange = new Set<() => void>();
  #stdin = Buffer.alloc(0);

  constructor(
    epoch: string,
    startedFrom: { file: string | null; size: number },
    options: Omit<MemoryPiOptions, "emit">,
  ) {
    this.epoch = epoch;
    this.startedFrom = startedFrom;
    this.version = options.manner.version;
    this.pi = new MemoryPi({ ...options, emit: (line) => this.say(`${line}\n`) });
  }

  /** Writes to stdout. */
  say(text: string): void {
    this.journal = Buffer.concat([this.journal, Buffer.from(text)]);
    this.#changed();
  }

  take(bytes: Buffer): void {
    this.#stdin = Buffer.concat([this.#stdin, bytes]);
    if (!this.stopped) this.#read();
  }

  resume(): void {
    this.stopped = false;
    this.#read();
  }

  kill(exit: Partial<ExitInfo> = {}): void {
    if (this.exit) return;
    this.exit = { code: null, signal: "SIGKILL", stderr: "", ...exit };
    this.#changed();
  }

  #read(): void {
    const bytes = this.#stdin;
    this.#stdin = Buffer.alloc(0);
    if (!this.exit) this.pi.take(bytes);
  }

  #changed(): void {
    for (const listener of Array.from(this.onChange)) listener();
  }
}

export interface HandleOptions {
  life: Life;
  /** How many bytes are read at once; 0 for all there are. */
  chunk: number;
  /** Runs work later, as the event loop would. */
  later(work: () => void): void;
}

/** What one daemon holds of a process. */
export class MemoryHandle implements AgentProcess {
  readonly pid = 4711;
  readonly epoch: string;
  readonly startedFrom: { file: string | null; size: number };
  readonly piVersion: string;
  readonly hidesShell: boolean;
  readonly exited: Promise<ExitInfo>;
  released = false;
  readonly #process: MemoryProcess;
  readonly #options: HandleOptions;
  #followed = true;
  readonly #onRelease = new Set<(error: PierError) => void>();
  readonly #resolveExited: (exit: ExitInfo) => void;

  constructor(process: MemoryProcess, options: HandleOptions) {
    this.#process = process;
    this.#options = options;
    this.epoch = process.epoch;
    this.startedFrom = process.startedFrom;
    this.piVersion = process.version;
    this.hidesShell = process.version !== "0.74.2";
    const { promise, resolve } = Promise.withResolvers<ExitInfo>();
    this.exited = promise;
    this.#resolveExited = resolve;
    process.onChange.add(() => this.#look());
    this.#look();
  }

  suspended(): boolean {
    return this.#process.stopped;
  }

  journalStart(): number {
    return this.#process.start;
  }

  async journalSize(): Promise<number> {
    return this.#process.journal.length;
  }

  readRecords(from: number, to: number): JournalRecord[] {
    const records: JournalRecord[] = [];
    new RecordSplitter(from).push(this.#held(from, to), (record) => records.push(record));
    return records;
  }

  readText(start: number, end: number): string {
    return this.#held(start, end).toString("utf8").trimEnd();
  }

  isBoundary(position: number): boolean {
    return position === this.#process.start || this.#held(position - 1, position)[0] === 0x0a;
  }

  async follow(from: number, listener: Parameters<AgentProcess["follow"]>[1]): Promise<void> {
    const process = this.#process;
    const splitter = new RecordSplitter(from, (bytes) => listener.onGarbage(bytes));
    const target = process.journal.length;
    let position = from;
    let planned = false;
    this.#followed = false;
    await new Promise<void>((resolve) => {
      const pump = (): void => {
        planned = false;
        if (this.#options.life.over || this.released) return;
        const to = Math.min(process.journal.length, position + (this.#options.chunk || Infinity));
        if (to > position) {
          splitter.push(this.#held(position, to), (record) => listener.onRecord(record));
          listener.onPause();
          position = to;
        }
        if (position >= target) resolve();
        this.#followed = position >= process.journal.length;
        if (!this.#followed) plan();
        else this.#look();
      };
      const plan = (): void => {
        this.#followed = false;
        if (planned) return;
        planned = true;
        this.#options.later(pump);
      };
      process.onChange.add(plan);
      plan();
    });
  }

  async write(lines: string, atomicTail = 0): Promise<void> {
    const { life } = this.#options;
    const process = this.#process;
    const bytes = Buffer.from(lines);
    const tail = bytes.length <= pipeBuffer ? bytes.length : Math.min(atomicTail, pipeBuffer);
    const split = bytes.length - tail;
    if (process.full) await new Promise((_, reject) => this.#onRelease.add(reject));
    for (let from = 0; from < bytes.length;) {
      life.step();
      if (process.exit) throw new PierError("PI_EXITED", "pi is not there to take this.");
      const to = from < split ? Math.min(split, from + pipeBuffer) : bytes.length;
      process.take(bytes.subarray(from, to));
      from = to;
    }
    life.step();
  }

  async trim(before: number): Promise<void> {
    this.#options.life.step();
    this.#process.start = before;
    this.#options.life.step();
  }

  async stderr(): Promise<string> {
    return this.#process.exit?.stderr ?? "";
  }

  async terminate(): Promise<void> {
    if (!this.#options.life.over) this.#process.kill({ code: 143, signal: null });
  }

  async remove(): Promise<void> {
    this.released = true;
  }

  async release(): Promise<void> {
    this.released = true;
    for (const reject of this.#onRelease) reject(new PierError("PI_EXITED", "The handle was let go."));
  }

  #held(from: number, to: number): Buffer {
    if (this.released) throw new PierError("HISTORY_GONE", "The handle was let go.");
    if (from < this.#process.start) throw new PierError("HISTORY_GONE", `${from} was trimmed.`);
    return this.#process.journal.subarray(from, to);
  }

  /** The news that it is gone comes after all that it said. */
  #look(): void {
    const { exit } = this.#process;
    if (exit && this.#followed) this.#options.later(() => !this.#options.life.over && this.#resolveExited(exit));
  }
}
