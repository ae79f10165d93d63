import type { CreateSession, SessionInfo, TranscriptItem, Window } from "@pier/protocol";

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

export interface HistoryResult {
  messages: TranscriptItem[];
  before?: string;
}

/** What REST asks of the sessions. Every method throws a `PierError` whose code says which HTTP status fits. */
export interface SessionsService {
  list(): SessionInfo[];
  /** @throws PierError `SESSION_NOT_FOUND` */
  get(id: string): SessionInfo;
  /** @throws PierError `BAD_REQUEST` (folder), `SESSION_START_FAILED` (pi's own words), `PI_NOT_FOUND`, `PI_UNUSABLE` */
  create(options: CreateOptions): Promise<SessionInfo>;
  /** Ends pi and closes the session. */
  kill(id: string): Promise<SessionInfo>;
  /** Starts pi again for a closed session. @throws PierError `SESSION_START_FAILED`, `CONFLICT` when it is live */
  resume(id: string): Promise<SessionInfo>;
  rename(id: string, name: string): Promise<SessionInfo>;
  /** A page of the transcript that ends at `before`, or at the end. */
  history(id: string, options: { before?: string; window?: Window }): Promise<HistoryResult>;
  /** One string of one message in full: `path` are the members that lead to it. @throws PierError `NOT_FOUND` */
  body(id: string, key: string, path: readonly string[]): Promise<string>;
  /** What to do with a prompt that pi never saved. */
  settleOffer(id: string, prompt: string, action: "send" | "dismiss"): Promise<void>;
  /** The end of pi's stderr. */
  logs(id: string): Promise<string>;
  /** pi's models, from the probe at start; empty while it is not done. */
  models(): { provider: string; id: string; name?: string; reasoning?: boolean }[];
}
