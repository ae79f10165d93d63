import type { ChildProcess } from "node:child_process";
import { open } from "node:fs/promises";
import type { DetachedChild } from "./detached-child.ts";
import { DetachedError } from "./detached-error.ts";
import { errorText } from "./error-code.ts";
import { boundEnd } from "./folder/bound-end.ts";
import type { Meta } from "./folder/meta.ts";
import type { Paths } from "./folder/paths.ts";
import { readEnd } from "./folder/read-end.ts";
import { removeFolder } from "./folder/remove-folder.ts";
import { FifoWriter } from "./input/fifo-writer.ts";
import type { WriteOptions } from "./input/fifo-writer.ts";
import { Journal } from "./journal/journal.ts";
import { finishMove } from "./journal/move-journal.ts";
import { JournalTail } from "./journal/tail.ts";
import type { OnChunk, Tail, TailOptions } from "./journal/tail.ts";
import { writersOf } from "./journal/writers.ts";
import { CLOSED_INPUT_GRACE_MS, STDERR_BYTES } from "./limits.ts";
import { ExitWatch } from "./process/exit-watch.ts";
import type { Exit } from "./process/exit-watch.ts";
import { processTable } from "./process/process-table.ts";
import type { ProcessState } from "./process/process-table.ts";
import { sendSignal } from "./process/send-signal.ts";
import { terminate } from "./process/terminate.ts";
import type { TerminateOptions } from "./process/terminate.ts";
import { waitUntil } from "./process/wait-until.ts";

/** Opens the handle on a child whose meta is known. @throws DetachedError NO_CHILD, BAD_META */
export async function openChild(paths: Paths, meta: Meta, own?: ChildProcess): Promise<Child> {
  const writers = writersOf(paths.output, meta.pid, processTable);
  await finishMove(paths, writers);
  const file = await open(paths.output, "r").catch((cause: unknown) => {
    const text = `Cannot open the journal of ${paths.folder}: ${errorText(cause)}`;
    throw new DetachedError("NO_CHILD", text, { cause });
  });
  try {
    return new Child(paths, meta, new Journal(paths, file, writers), own);
  } catch (error) {
    await file.close();
    throw error;
  }
}

class Child implements DetachedChild {
  readonly folder: string;
  readonly pid: number | null;
  readonly meta: Meta;
  readonly journal: Journal;
  readonly exited: Promise<Exit>;
  readonly #paths: Paths;
  readonly #watch: ExitWatch;
  readonly #writer: FifoWriter;
  readonly #tails = new Set<JournalTail>();
  #disposed: Promise<void> | undefined;

  constructor(paths: Paths, meta: Meta, journal: Journal, own?: ChildProcess) {
    this.folder = paths.folder;
    this.pid = meta.pid;
    this.meta = meta;
    this.journal = journal;
    this.#paths = paths;
    this.#writer = new FifoWriter(paths.input, () => this.#whyClosed());
    this.#watch = new ExitWatch(() => this.#isGone(), own);
    this.exited = this.#watch.exited;
    void this.exited.then(() => this.#onExit());
  }

  state(): ProcessState {
    const { pid, startTime } = this.meta;
    if (pid === null || startTime === null || this.#watch.over) return "dead";
    return processTable.state(pid, startTime);
  }

  async write(bytes: Uint8Array, options?: WriteOptions): Promise<void> {
    if (this.#disposed) throw this.#refusal("DISPOSED", "the handle was disposed");
    // The FIFO alone does not tell: a grandchild may hold it open.
    if (this.#isGone()) throw this.#refusal("CHILD_DEAD", "it is dead");
    this.#watch.nudge();
    await this.#writer.write(bytes, options);
  }

  tail(from: number, onChunk: OnChunk, options: TailOptions = {}): Tail {
    if (this.#disposed) throw this.#refusal("DISPOSED", "the handle was disposed");
    const tail = new JournalTail({
      path: this.#paths.output,
      journal: this.journal,
      from,
      onChunk,
      onQuiet: () => this.#watch.nudge(),
      onClose: (closed) => this.#tails.delete(closed),
      ...options,
    });
    this.#tails.add(tail);
    if (this.#watch.over) tail.end();
    return tail;
  }

  stderrTail(maxBytes: number = STDERR_BYTES): Promise<string> {
    return readEnd(this.#paths.errors, maxBytes);
  }

  boundStderr(above: number): Promise<boolean> {
    return boundEnd(this.#paths.errors, above, STDERR_BYTES);
  }

  signal(signal: NodeJS.Signals, { group = false }: { group?: boolean } = {}): boolean {
    if (this.pid === null || this.state() === "dead") return false;
    this.#watch.nudge();
    return sendSignal(group ? -this.pid : this.pid, signal);
  }

  async terminate(options: TerminateOptions): Promise<void> {
    if (this.pid === null || this.state() === "dead") return;
    this.#watch.nudge();
    await terminate(this.pid, processTable, options);
    this.#watch.nudge();
    if (!this.#disposed) await this.exited;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#letGo();
    return this.#disposed;
  }

  async #letGo(): Promise<void> {
    this.#watch.stop();
    for (const tail of this.#tails) tail.close();
    this.#writer.fail("DISPOSED", `Cannot write to ${this.folder}: the handle was disposed`);
    await this.journal.close();
  }

  async remove(): Promise<void> {
    if (this.state() !== "dead") {
      const text = `Cannot remove ${this.folder}: process ${this.pid} is alive, terminate it first`;
      throw new DetachedError("CHILD_ALIVE", text);
    }
    await this.dispose();
    await removeFolder(this.#paths);
  }

  #isGone(): boolean {
    const { pid, startTime } = this.meta;
    return pid === null || startTime === null || processTable.isGone(pid, startTime);
  }

  #onExit(): void {
    this.#writer.fail("CHILD_DEAD", `Cannot write to ${this.folder}: the child is dead`);
    for (const tail of this.#tails) tail.end();
  }

  /** A process closes its files a moment before it counts as dead. */
  async #whyClosed(): Promise<DetachedError> {
    if (await waitUntil(() => this.#isGone(), CLOSED_INPUT_GRACE_MS)) {
      return this.#refusal("CHILD_DEAD", "it is dead");
    }
    return this.#refusal("INPUT_CLOSED", `process ${this.pid} lives but has closed its stdin`);
  }

  #refusal(code: "DISPOSED" | "CHILD_DEAD" | "INPUT_CLOSED", why: string): DetachedError {
    return new DetachedError(code, `Cannot use the child in ${this.folder}: ${why}`);
  }
}
