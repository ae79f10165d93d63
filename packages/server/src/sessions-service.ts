import type {
  CreateSession,
  FoundMessages,
  ModelRecord,
  RemovedSession,
  SessionInfo,
  TranscriptItem,
  Window,
  WorktreeState,
} from "@pier/protocol";
import type { SearchOptions } from "./session/search-items.ts";

export interface CreateOptions {
  cwd: string;
  name?: string;
  provider?: string;
  model?: string;
  thinkingLevel?: string;
  ephemeral?: boolean;
  piArgs?: string[];
  /** Whether an .envrc counts; it does without it. */
  useDirenv?: boolean;
  workspace?: CreateSession["workspace"];
}

export interface SessionChange {
  name?: string;
  renderMarkdown?: boolean;
}

/** Which sessions a list shows: those that fit `query`, from the `offset`th on, at most `limit`. */
export interface SessionQuery {
  status?: SessionInfo["status"];
  origin?: SessionInfo["origin"];
  /** Words that must all stand in the name, the folder or the last line. */
  query?: string;
  offset?: number;
  limit?: number;
}

export interface SessionList {
  sessions: SessionInfo[];
  /** How many fit, on this page or not. */
  total: number;
}

export interface HistoryResult {
  messages: TranscriptItem[];
  before?: string;
}

/** What REST asks of the sessions. Every method throws a `PierError` whose code says which HTTP status fits. */
export interface SessionsService {
  list(query?: SessionQuery): Promise<SessionList>;
  /** @throws PierError `SESSION_NOT_FOUND` */
  get(id: string): SessionInfo;
  /** @throws PierError `BAD_REQUEST` (folder), `SESSION_START_FAILED` (pi's own words), `PI_NOT_FOUND`, `PI_UNUSABLE` */
  create(options: CreateOptions): Promise<SessionInfo>;
  /** What would be lost with a session's worktree. @throws PierError `NOT_FOUND`, `CONFLICT` when it cannot be told */
  worktree(id: string): Promise<WorktreeState>;
  /** Removes the worktree of a closed session. @throws PierError `CONFLICT` with what would be lost */
  removeWorktree(id: string, keepBranch: boolean): Promise<void>;
  /** Ends pi and closes the session. */
  kill(id: string): Promise<SessionInfo>;
  /** Starts pi again for a closed session. @throws PierError `SESSION_START_FAILED`, `CONFLICT` when it is live */
  resume(id: string): Promise<SessionInfo>;
  /** Ends pi, and deletes the session with its file. @throws PierError `CONFLICT` when its file cannot be removed */
  remove(id: string, permanent: boolean): Promise<RemovedSession>;
  /** Renames a session, or changes how people want to see it. */
  update(id: string, change: SessionChange): Promise<SessionInfo>;
  /** Somebody saw what the session has to tell: its attention ends, unless it asks a question. */
  markRead(id: string): SessionInfo;
  /** A page of the transcript that ends at `before`, or at the end. */
  history(id: string, options: { before?: string; window?: Window }): Promise<HistoryResult>;
  /** Messages that hold a text, the newest first. */
  search(id: string, options: SearchOptions): Promise<FoundMessages>;
  /** One string of one message in full: `path` are the members that lead to it. @throws PierError `NOT_FOUND` */
  body(id: string, key: string, path: readonly string[]): Promise<string>;
  /** What to do with a prompt that pi never saved. */
  settleOffer(id: string, prompt: string, action: "send" | "dismiss"): Promise<void>;
  /** The end of pi's stderr. */
  logs(id: string): Promise<string>;
  /** pi's models, as soon as the probe at start is done. */
  models(): Promise<ModelRecord[]>;
}
