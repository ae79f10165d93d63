import { realpathSync } from "node:fs";
import { join } from "node:path";
import { type CreateSession, PierError, type WorkspaceConfigAnswer, type WorktreeState } from "@pier/protocol";
import type { SessionProgram } from "../agent/session-program.ts";
import type { Direnv } from "../direnv/direnv.ts";
import { runGit } from "../git/run-git.ts";
import { withoutOwnFilters } from "../git/without-own-filters.ts";
import type { SessionRow, WorktreeRow } from "../session/session-row.ts";
import type { Approvals } from "../store/index.ts";
import { carryApproval, checkApproval } from "./carry-approval.ts";
import { makeWorktree, unmakeWorktree } from "./make-worktree.ts";
import { planWorktree } from "./plan-worktree.ts";
import { worktreeEntries } from "./remove-folder.ts";
import { runSetup, type Setup, toSetup } from "./run-setup.ts";
import { worktreeState } from "./worktree-state.ts";

export interface WorktreesOptions {
  /** What children inherit. */
  env: Readonly<Record<string, string>>;
  /** Folder that holds one folder for each session's processes. */
  runFolder: string;
  direnv: Direnv;
  sessionProgram: SessionProgram;
  approvals: Approvals;
}

export interface WorktreePlan {
  cwd: string;
  worktree: WorktreeRow;
  /** Makes what was planned; the row is on disk already. @throws PierError `CONFLICT`, `DIRENV_BLOCKED` */
  prepare(row: SessionRow): Promise<void>;
}

/** Worktrees of sessions: made before pi starts, taken back when it does not, removed when nothing would be lost. */
export class Worktrees {
  readonly #options: WorktreesOptions;

  constructor(options: WorktreesOptions) {
    this.#options = options;
  }

  /**
   * What will be made for a session, with every refusal that can be known before.
   *
   * @throws PierError `BAD_REQUEST`, `CONFLICT`, `SETUP_BLOCKED`, `DIRENV_BLOCKED`
   */
  async plan(
    session: Pick<SessionRow, "id" | "name" | "cwd" | "useDirenv">,
    { branch, base, setup: wish }: NonNullable<CreateSession["workspace"]>,
    settings: WorkspaceConfigAnswer | undefined,
  ): Promise<WorktreePlan> {
    const { env, direnv, approvals } = this.#options;
    const { id, name, cwd: folder, useDirenv } = session;
    const planned = await planWorktree({ folder, branch, base, name, id }, env);
    const setup = toSetup(settings, wish, approvals);
    const approved = useDirenv ? await checkApproval(realpathSync(folder), direnv) : null;
    return {
      ...planned,
      prepare: async (row) => {
        await makeWorktree(planned.worktree, { session: id, env, runFolder: this.#runFolder(id, "worktree") });
        if (approved) await carryApproval(approved, planned.cwd, direnv);
        if (setup) await this.#setUp(row, setup);
      },
    };
  }

  /** Takes back what was made for a session that did not begin. */
  async abandon({ id, worktree }: SessionRow): Promise<void> {
    if (worktree) await unmakeWorktree(worktree, { session: id, env: this.#options.env });
  }

  /** @throws PierError `CONFLICT` when it cannot be told */
  state(worktree: WorktreeRow, keepBranch = false): Promise<WorktreeState> {
    return worktreeState(worktree, this.#options.env, keepBranch);
  }

  /** Removes folder and branch. @throws PierError `CONFLICT` with what would be lost */
  async remove(worktree: WorktreeRow, keepBranch: boolean): Promise<void> {
    const { env } = this.#options;
    const { path, branch, repository } = worktree;
    const where = { cwd: repository, env };
    const state = await this.state(worktree, keepBranch);
    if (!state.removable) throw new PierError("CONFLICT", lossSentence(state));
    if ((await worktreeEntries(repository, env)).has(path)) {
      // Without --force git looks once more itself, and would run filters for it.
      const settings = await withoutOwnFilters({ cwd: state.exists ? path : repository, env });
      if (settings === null) throw new PierError("CONFLICT", `git cannot work in ${path}: look at it in a terminal.`);
      const removed = await runGit(["worktree", "remove", "--", path], { ...where, settings });
      if (removed.code !== 0) throw new PierError("CONFLICT", `git does not remove ${path}: ${removed.stderr}`);
    }
    if (!keepBranch) await runGit(["branch", "--delete", "--force", "--", branch], where);
  }

  async #setUp(row: SessionRow, setup: Setup): Promise<void> {
    const folder = this.#runFolder(row.id, "setup");
    await runSetup(setup, row, { folder, sessionProgram: this.#options.sessionProgram });
  }

  /** Below the session's own: whatever runs there is ended by the next daemon. */
  #runFolder(id: string, step: string): string {
    return join(this.#options.runFolder, id, step);
  }
}

function lossSentence({ path, file_count, commit_count, files, commits }: WorktreeState): string {
  const changed = file_count > 0 ? `${count(file_count, "changed file")} (${some(files)})` : null;
  const committed =
    commit_count > 0
      ? `${count(commit_count, "commit")} that nothing else has (${some(commits.map(({ subject }) => subject))})`
      : null;
  const lost = [changed, committed].filter((part) => part !== null).join(" and ");
  return `${path} has ${lost}: commit and merge or push, or keep the branch.`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function some(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(", ")}, …` : names.join(", ");
}
