import type { SessionWorktree } from "@pier/protocol";

/** What is kept on disk of a session. */
export interface SessionRow {
  id: string;
  name: string | null;
  cwd: string;
  provider: string | null;
  model: string | null;
  thinkingLevel: string | null;
  ephemeral: boolean;
  /** Whether it runs on the demo model. */
  demo: boolean;
  /** Whether people want to see its Markdown rendered. */
  renderMarkdown: boolean;
  /** Further options for pi, as given at creation. */
  piArgs: string[];
  /** Whether an .envrc counts. */
  useDirenv: boolean;
  worktree: WorktreeRow | null;
  status: "live" | "closed";
  /** The journal of the process that was started last; its folder is `run/<id>/<epoch>`. */
  epoch: string | null;
  /** It is being deleted, and what becomes of its file. */
  removal: "trash" | "permanent" | null;
  sessionFile: string | null;
  /** The session it was branched from, and before which of its messages. */
  parent: string | null;
  branchEntry: string | null;
  piVersion: string | null;
  preview: string | null;
  attention: { reason: "question" | "error" | "finished"; text?: string } | null;
  lastExit: { code: number | null; signal?: string; message: string } | null;
  /** ms since 1970. */
  createdAt: number;
  /** ms since 1970. */
  lastActiveAt: number;
}

/** The git worktree that was made for a session. */
export interface WorktreeRow extends SessionWorktree {
  /** What the branch began at. */
  baseCommit: string;
  /** False while it is made or unmade: a daemon that finds it so removes what there is. */
  ready: boolean;
}

/** The sessions on disk. Every method is durable when it returns. */
export interface SessionRows {
  list(): SessionRow[];
  insert(row: SessionRow): void;
  update(id: string, change: Partial<Omit<SessionRow, "id">>): void;
  remove(id: string): void;
}
