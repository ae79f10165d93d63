import type { Cursor, GitSummary, SessionInfo, Window } from "@pier/protocol";
import type { AgentLauncher, SessionFiles } from "./agent-process.ts";
import type { Clock } from "./clock.ts";
import type { Classify } from "./journal-record.ts";
import type { PromptLedger } from "./prompt-ledger.ts";
import type { SessionRow } from "./session-row.ts";
import type { TakeUploads } from "./with-uploads.ts";

export interface SessionOptions {
  row: SessionRow;
  launcher: AgentLauncher;
  files: SessionFiles;
  ledger: PromptLedger;
  /** How the records of a pi version are read. */
  classifierFor: (piVersion: string | null) => Classify;
  clock: Clock;
  encode: (text: string) => Uint8Array;
  newId: () => string;
  /** Finds attached files of the session. @throws PierError */
  takeUploads: (session: string, ids: readonly string[]) => ReturnType<TakeUploads>;
  /** Names this daemon's life. */
  runId: string;
  /** ms a dialog waits while nobody sees it. */
  uiTimeout: number;
  /** pi: it is not Pier's yet. */
  origin: () => SessionInfo["origin"];
  /** Whether somebody watches the list of sessions and would see that this one asks. */
  watched: () => boolean;
  /** What is known of a folder; undefined where there is no repository. */
  git?: (folder: string) => GitSummary | undefined;
  /** A turn ended; the folder may have changed. */
  onTurnEnd?: () => void;
  /** The row changed: keep it. */
  save: (change: Partial<SessionRow>) => void;
  /** What the list shows changed. */
  onChange: () => void;
  onLog: (level: "info" | "warn" | "error", message: string, detail?: object) => void;
}

export interface AttachOptions {
  cursor: Cursor | undefined;
  window: Window | undefined;
  /** Characters of a snapshot that is not elided, for dialects that know no windows. */
  whole?: number;
  /** Whether a person looks at what is sent; yes for who does not say. */
  looking?: boolean;
  /** Coalescing interval, ms. */
  interval: number;
}
