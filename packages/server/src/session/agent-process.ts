import type { PierError } from "@pier/protocol";
import type { FileItems } from "./item-index.ts";
import type { JournalRecord } from "./journal-record.ts";

export interface ExitInfo {
  code: number | null;
  signal: string | null;
  /** The end of pi's stderr. */
  stderr: string;
}

/** The session file that a process was started from; `size` is null when pi rewrites it as it loads. */
export interface StartedFrom {
  file: string | null;
  size: number | null;
}

export interface JournalListener {
  onRecord(record: JournalRecord): void;
  onPause(): void;
  onGarbage(bytes: number): void;
  /** How long, in ms, further records of a steady stream may wait to be read together; 0 while somebody waits for one. */
  rest(): number;
}

/** One pi process and its journal. */
export interface AgentProcess {
  readonly epoch: string;
  readonly pid: number;
  /** What was known of the session file when the process was started. */
  readonly startedFrom: StartedFrom;
  readonly piVersion: string | null;
  /** Whether pi keeps the output of a shell command from the model when it is told to. */
  readonly hidesShell: boolean;
  /** Resolves when the process is gone and all it wrote was delivered. */
  readonly exited: Promise<ExitInfo>;
  suspended(): boolean;
  /** First journal byte still held. */
  journalStart(): number;
  /** Journal bytes as text, split into records. Throws when they were trimmed. */
  readRecords(from: number, to: number): JournalRecord[];
  /** One record, where its position is known. */
  readText(start: number, end: number): string;
  /** Whether a record begins at this position. */
  isBoundary(position: number): boolean;
  /** Delivers records from `from` on, in order; `onPause` after those that were read at once. Returns when all that stands in the journal now was delivered. */
  follow(from: number, listener: JournalListener): Promise<void>;
  /**
   * Writes lines to pi, in order. The last `atomicTail` bytes, as far as the system can, go in one piece or not at all.
   *
   * @throws PierError `PI_EXITED`
   */
  write(lines: string, atomicTail?: number): Promise<void>;
  /** Frees the journal before a position. */
  trim(before: number): Promise<void>;
  journalSize(): Promise<number>;
  stderr(): Promise<string>;
  terminate(graceMs: number): Promise<void>;
  /** Deletes what the process left on disk. */
  remove(): Promise<void>;
  /** Lets go of the process without ending it. */
  release(): Promise<void>;
}

export interface StartOptions {
  session: string;
  /** Names the journal of the process. */
  epoch: string;
  cwd: string;
  provider: string | null;
  model: string | null;
  thinkingLevel: string | null;
  name: string | null;
  ephemeral: boolean;
  demo: boolean;
  useDirenv: boolean;
  piArgs: readonly string[];
  /** The session file to resume from. */
  sessionFile: string | null;
}

/** Where and how a session's programs run. */
export type ShellSettings = Pick<StartOptions, "cwd" | "demo" | "useDirenv">;

/** A shell command that the daemon runs. */
export interface ShellProcess {
  /** What it writes, stderr too, until it and all it started are gone. */
  output: AsyncIterable<string>;
  /** Its exit code; null when a signal ended it. */
  exited: Promise<number | null>;
  /** Ends it with all that it started. */
  kill(): void;
}

/** Starts pi and finds it again. */
export interface AgentLauncher {
  /** @throws PierError `PI_NOT_FOUND`, `PI_UNUSABLE`, `SESSION_START_FAILED`, `BAD_REQUEST` (folder, session file) */
  start(options: StartOptions): Promise<AgentProcess>;
  /** Runs a shell command where pi runs. @throws Error when it cannot be started */
  shell(settings: ShellSettings, command: string): Promise<ShellProcess>;
  /** What is more to say of a process that ended before it took commands than that it did; null when there is nothing. */
  startProblem?(exit: ExitInfo): PierError | null;
  /** The process of a journal that an earlier daemon left; null when it is gone. */
  reattach(session: string, epoch: string): Promise<AgentProcess | null>;
  /** Removes what a dead process of that journal left on disk. */
  discard(session: string, epoch: string): Promise<void>;
  /** Ends and removes whatever is left of a session's processes. */
  forget(session: string): Promise<void>;
  /** Sessions of which something may be left. */
  sessions(): string[];
  /** The end of the stderr of a process that is gone. */
  stderrOf(session: string, epoch: string): Promise<string>;
}

/** Reads pi's session files. */
export interface SessionFiles {
  /** Whether pi writes the whole file anew when it loads it: files of older versions are brought up to date. */
  isRewrittenOnLoad(file: string): boolean;
  /** Why the file cannot be shown or resumed, in one sentence; null when it can. */
  problem(file: string): string | null;
  /** Bytes; null when there is no such file. */
  size(file: string): number | null;
  open(file: string, size: number): FileItems;
  /** One line of the file as a message. */
  read(file: string, start: number, end: number): { entry?: string; text: string };
  /** The user's messages that were saved at or after `since` (ms since 1970), oldest first; of bytes `from` on, if given. */
  savedPrompts(file: string, since: number, from?: number): SavedPrompt[];
}

/** A user's message of a session file. */
export interface SavedPrompt {
  /** What its text blocks hold. */
  texts: string[];
  /** When pi made the message, ms since 1970; null when it does not say. */
  timestamp: number | null;
}
