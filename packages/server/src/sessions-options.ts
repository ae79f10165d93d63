import type { WorkspaceConfigAnswer } from "@pier/protocol";
import type { Trash } from "./files/index.ts";
import type { GitSummaries } from "./git/git-summaries.ts";
import type { PiSessionIndex } from "./pi-sessions/pi-session-index.ts";
import type { SessionOptions } from "./session/session-options.ts";
import type { SessionRows } from "./session/session-row.ts";
import type { SessionsService } from "./sessions-service.ts";
import type { Worktrees } from "./workspace/worktrees.ts";

/** What the sessions of a daemon work with. */
export interface SessionsOptions extends Omit<
  SessionOptions,
  "origin" | "row" | "save" | "onChange" | "onTurnEnd" | "git"
> {
  rows: SessionRows;
  trash: Pick<Trash, "put" | "remove">;
  /** Where sessions of plain pi are found. */
  piSessions: Pick<PiSessionIndex, "find" | "forget" | "list">;
  /** Whether new sessions run on the demo model. */
  demo: () => Promise<boolean>;
  git?: Pick<GitSummaries, "of" | "look">;
  /** What a project settles for sessions in a folder. */
  settings?: (folder: string) => Promise<WorkspaceConfigAnswer>;
  worktrees?: Worktrees;
  models(): ReturnType<SessionsService["models"]>;
  onChange: (id: string) => void;
  audit: (action: string, session: string) => void;
  /** Nothing is kept of a session any more. */
  onDropped: () => void;
}
