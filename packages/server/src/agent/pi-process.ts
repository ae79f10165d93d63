import type { DetachedChild, Tail } from "@pier/detached";
import { DetachedError, PIPE_BUF } from "@pier/detached";
import { PierError } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { AgentProcess, ExitInfo, JournalListener, StartedFrom } from "../session/agent-process.ts";
import type { JournalRecord } from "../session/journal-record.ts";
import { atLeast } from "./pi-version.ts";
import { RecordSplitter } from "./record-splitter.ts";

/** What is kept beside a pi process, to be found by the next daemon. */
export interface PiMeta {
  session: string;
  piVersion: string;
  startedFrom: StartedFrom;
}

/** pi in a detached child. */
export class PiProcess implements AgentProcess {
  readonly epoch: string;
  readonly pid: number;
  readonly piVersion: string;
  readonly hidesShell: boolean;
  readonly startedFrom: StartedFrom;
  readonly exited: Promise<ExitInfo>;
  readonly #child: DetachedChild;
  #tail: Tail | undefined;
  #tailed: Promise<void> = Promise.resolve();

  constructor(child: DetachedChild, pid: number, meta: PiMeta) {
    this.#child = child;
    this.pid = pid;
    this.epoch = child.meta.epoch;
    this.piVersion = meta.piVersion;
    this.hidesShell = atLeast(meta.piVersion, "0.76.0");
    this.startedFrom = meta.startedFrom;
    this.exited = child.exited.then(async ({ code, signal }) => {
      // What it wrote last comes before the news that it is gone.
      await this.#tailed;
      return { code, signal, stderr: await this.stderr() };
    });
  }

  suspended(): boolean {
    return this.#child.state() === "stopped";
  }

  journalStart(): number {
    return this.#child.journal.start();
  }

  async journalSize(): Promise<number> {
    return this.#child.journal.size();
  }

  readRecords(from: number, to: number): JournalRecord[] {
    const records: JournalRecord[] = [];
    if (to > from)
      new RecordSplitter(from).push(this.#child.journal.readSync(from, to), (record) => records.push(record));
    return records;
  }

  readText(start: number, end: number): string {
    try {
      return this.#child.journal.readSync(start, end).toString("utf8").trimEnd();
    } catch (cause) {
      throw new PierError("HISTORY_GONE", "The journal does not hold this any more: attach anew.", { cause });
    }
  }

  isBoundary(position: number): boolean {
    if (position === this.journalStart()) return true;
    return this.#child.journal.readSync(position - 1, position)[0] === 0x0a;
  }

  async follow(from: number, listener: JournalListener): Promise<void> {
    const splitter = new RecordSplitter(from, (bytes) => listener.onGarbage(bytes));
    const onChunk = (chunk: Buffer): void => {
      splitter.push(chunk, (record) => listener.onRecord(record));
      listener.onPause();
    };
    const tail = this.#child.tail(from, onChunk, { rest: () => listener.rest() });
    this.#tail = tail;
    this.#tailed = tail.done.catch(() => {});
    await tail.caughtUp();
  }

  async write(lines: string, atomicTail = 0): Promise<void> {
    const bytes = Buffer.from(lines);
    // Whoever writes waits for an answer.
    this.#tail?.hurry();
    try {
      await this.#child.write(bytes, { atomicTail: Math.min(atomicTail, bytes.length, PIPE_BUF) });
    } catch (cause) {
      if (cause instanceof DetachedError && cause.code === "QUEUE_FULL") {
        throw new PierError("TOO_MANY", "pi does not read what is sent to it, and too much waits: stop it, or wait.", {
          cause,
        });
      }
      throw new PierError("PI_EXITED", "pi is not there to take this.", { cause });
    }
  }

  async trim(before: number): Promise<void> {
    await this.#child.journal.trim(before);
  }

  async stderr(): Promise<string> {
    // The folder may have been removed after the process ended.
    return this.#child.stderrTail(limits.stderr).catch(() => "");
  }

  async terminate(graceMs: number): Promise<void> {
    await this.#child.terminate({ graceMs });
  }

  async remove(): Promise<void> {
    await this.#child.remove();
  }

  async release(): Promise<void> {
    await this.#child.dispose();
  }
}
