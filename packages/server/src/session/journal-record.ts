import type { Payload } from "@pier/protocol";
import type { ShellResult } from "./own-shell.ts";

/** One line of a journal. */
export interface JournalRecord {
  /** Byte position of its first byte. */
  start: number;
  /** Byte position after its line feed: the record's seq. */
  end: number;
  /** The line as pi wrote it, without the line feed. */
  text: string;
  value: Payload;
}

/** A record for clients: as text, and parsed. */
export interface PublicRecord {
  text: string;
  value: Payload;
}

/** What a record of pi means to the relay, the same for every pi version. */
export type Classified =
  | { kind: "events"; records: PublicRecord[] }
  | { kind: "ui"; record: PublicRecord }
  | { kind: "reply"; id: string; record: PublicRecord; forEveryone: boolean }
  | { kind: "note"; note: Note }
  /** Nothing a client needs: an error about a torn command, for example. */
  | { kind: "private" };

/** Facts of the daemon that pi echoes into its own journal; `docs/decisions/0001-facts-echoed-by-pi.md`. */
export type Note =
  /** pi got the prompt. */
  | { note: "prompt"; id: string }
  /** A dialog was answered or expired. */
  | { note: "dialog"; id: string }
  /** A direct shell command begins. */
  | { note: "bash"; id: string; command: string; excludeFromContext: boolean }
  /** What a shell command wrote that the daemon runs. */
  | { note: "output"; id: string; delta: string }
  /** It ended. */
  | { note: "shell"; id: string; data: ShellResult }
  /** Finished messages are the first `size` bytes of `file`, then what the journal finished since `since`. */
  | { note: "base"; file: string | null; size: number; since: number; ui?: NotedUi }
  /** Everything written before it was read. */
  | { note: "barrier"; id: string };

/** What a trimmed journal would forget. */
export interface NotedUi {
  statuses: Record<string, string>;
  widgets: Record<string, { lines: string[]; placement: "aboveEditor" | "belowEditor" }>;
  title: string | null;
}

export type Classify = (record: JournalRecord) => Classified;
