import { join, relative } from "node:path";
import { PierError, type SessionInfo, type WorktreeState } from "@pier/protocol";
import { isInside } from "./files/index.ts";
import { errorSentence } from "./session/error-sentence.ts";
import type { SessionRow, WorktreeRow } from "./session/session-row.ts";
import type { SessionsOptions } from "./sessions-options.ts";
import type { WorktreePlan, Worktrees } from "./workspace/worktrees.ts";

type Options = Pick<SessionsOptions, "rows" | "launcher" | "worktrees" | "onLog">;

/** The worktrees of sessions, and what is kept on disk of how far they are: a daemon that ends leaves none half made. */
export class SessionWorktrees {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Makes what was planned; of what fails nothing stays, the row neither. @throws PierError as `WorktreePlan.prepare` */
  async prepare(row: SessionRow, plan: WorktreePlan): Promise<void> {
    const { rows } = this.#options;
    try {
      await plan.prepare(row);
      row.worktree = { ...plan.worktree, ready: true };
      rows.update(row.id, { worktree: row.worktree });
    } catch (error) {
      await this.drop(row);
      throw error;
    }
  }

  /** Takes back the worktree of a session that did not begin, as far as it came. Never throws. */
  async abandon(row: SessionRow): Promise<void> {
    const { rows, launcher, worktrees, onLog } = this.#options;
    try {
      if (row.worktree?.ready) rows.update(row.id, { worktree: { ...row.worktree, ready: false } });
      // What an earlier daemon started may still be at it.
      await launcher.forget(row.id);
      await worktrees?.abandon(row);
    } catch (error) {
      onLog("warn", "a worktree could not be taken back", { session: row.id, error: errorSentence(error) });
    }
  }

  /** The same, and forgets the session. */
  async drop(row: SessionRow): Promise<void> {
    await this.abandon(row);
    this.#options.rows.remove(row.id);
  }

  async state(row: SessionRow): Promise<WorktreeState> {
    const { worktrees, worktree } = this.#of(row);
    return worktrees.state(worktree);
  }

  /** @throws PierError `NOT_FOUND`, `CONFLICT` */
  async remove(
    row: SessionRow,
    { keepBranch, sessions }: { keepBranch: boolean; sessions: readonly SessionInfo[] },
  ): Promise<void> {
    const { worktrees, worktree } = this.#of(row);
    const user = sessions.find(({ status, cwd }) => status === "live" && isInside(cwd, worktree.path));
    if (user) throw new PierError("CONFLICT", `The session ${user.id} works in ${worktree.path}: close it first.`);
    await worktrees.remove(worktree, keepBranch);
    this.#options.rows.update(row.id, { worktree: null });
    row.worktree = null;
  }

  #of({ id, worktree }: SessionRow): { worktrees: Worktrees; worktree: WorktreeRow } {
    const { worktrees } = this.#options;
    if (worktree && worktrees) return { worktrees, worktree };
    throw new PierError("NOT_FOUND", `The session ${id} has no worktree of its own: it works in a shared folder.`);
  }
}

/** The folder of the repository that a folder in a session's worktree stands for; null for any other. */
export function originOf(folder: string, sessions: Iterable<{ row: SessionRow }>): string | null {
  for (const { row } of sessions) {
    if (row.worktree && isInside(folder, row.worktree.path))
      return join(row.worktree.repository, relative(row.worktree.path, folder));
  }
  return null;
}
