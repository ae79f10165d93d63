import type { Activity, GitSummary, SessionInfo, SessionWorktree } from "@pier/protocol";
import type { JournalFold } from "./journal-fold.ts";
import type { SessionRow, WorktreeRow } from "./session-row.ts";

/** What the list shows of a session: its row, and what its process says of itself. */
export function sessionInfo(
  row: SessionRow,
  live: {
    activity: Activity;
    clients: number;
    pid: number | undefined;
    piVersion: string | null;
    fold: JournalFold | null;
    git: GitSummary | undefined;
    origin: SessionInfo["origin"];
  },
): SessionInfo {
  const pi = live.fold?.live.pi;
  // The row follows what pi says, and knows a name that pi is still to be told.
  const name = row.name ?? pi?.sessionName ?? undefined;
  const provider = pi?.model?.provider ?? row.provider ?? undefined;
  const model = pi?.model?.id ?? row.model ?? undefined;
  const thinkingLevel = pi?.thinkingLevel ?? row.thinkingLevel ?? undefined;
  const piVersion = live.piVersion ?? row.piVersion ?? undefined;
  const sessionFile = pi?.sessionFile ?? row.sessionFile ?? undefined;
  return {
    id: row.id,
    ...(name !== undefined && { name }),
    cwd: row.cwd,
    status: row.status,
    activity: live.activity,
    ...(row.attention && { attention: row.attention }),
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(thinkingLevel !== undefined && { thinkingLevel }),
    ephemeral: row.ephemeral,
    demo: row.demo,
    origin: live.origin,
    renderMarkdown: row.renderMarkdown,
    ...(piVersion !== undefined && { piVersion }),
    ...(live.pid !== undefined && { pid: live.pid }),
    ...(row.preview !== null && { preview: row.preview }),
    clients: live.clients,
    createdAt: row.createdAt,
    lastActiveAt: row.lastActiveAt,
    ...(sessionFile !== undefined && { sessionFile }),
    ...(row.parent !== null && { parent: row.parent }),
    ...(row.branchEntry !== null && { branchEntry: row.branchEntry }),
    ...(row.lastExit && { lastExit: row.lastExit }),
    ...(live.git && { git: live.git }),
    ...(row.worktree && { worktree: worktreeOf(row.worktree) }),
  };
}

function worktreeOf({ path, branch, base, repository }: WorktreeRow): SessionWorktree {
  return { path, branch, base, repository };
}
