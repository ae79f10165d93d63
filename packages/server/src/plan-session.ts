import { randomUUID } from "node:crypto";
import { PierError } from "@pier/protocol";
import { checkFolder } from "./agent/check-folder.ts";
import { checkThinkingLevel } from "./agent/check-thinking-level.ts";
import { localPath } from "./files/index.ts";
import { cleanName } from "./session/clean-name.ts";
import type { SessionRow } from "./session/session-row.ts";
import type { SessionsOptions } from "./sessions-options.ts";
import type { CreateOptions } from "./sessions-service.ts";
import type { WorktreePlan } from "./workspace/worktrees.ts";

/**
 * A new session as it was asked for, with what its project settles where that is left open.
 *
 * @throws PierError `BAD_REQUEST`, `CONFLICT`, and what a worktree is refused for
 */
export async function planSession(
  options: CreateOptions,
  { settings, worktrees, demo, models }: Pick<SessionsOptions, "settings" | "worktrees" | "demo" | "models">,
): Promise<{ given: Partial<SessionRow> & Pick<SessionRow, "cwd">; plan?: WorktreePlan }> {
  if (options.thinkingLevel !== undefined) checkThinkingLevel(options, await models());
  const cwd = localPath(options.cwd);
  checkFolder(cwd);
  const found = await settings?.(cwd);
  const settled = found?.config.session;
  // A model is one of its provider: they are settled together.
  const chosen = options.provider !== undefined || options.model !== undefined ? options : (settled ?? {});
  const given = {
    id: randomUUID(),
    name: cleanName(options.name ?? ""),
    cwd,
    provider: chosen.provider ?? null,
    model: chosen.model ?? null,
    thinkingLevel: options.thinkingLevel ?? settled?.thinking_level ?? null,
    ephemeral: options.ephemeral ?? false,
    piArgs: options.piArgs ?? [],
    useDirenv: options.useDirenv ?? true,
    demo: await demo(),
  };
  checkWorkspace(options.workspace);
  const workspace = options.workspace ?? { mode: found?.config.workspace?.mode ?? "shared" };
  if (workspace.mode === "shared" || !worktrees) return { given };
  if (given.ephemeral)
    throw new PierError("BAD_REQUEST", "An ephemeral session keeps nothing, a worktree is there to stay: choose one.");
  const plan = await worktrees.plan(given, workspace, found);
  return { given: { ...given, cwd: plan.cwd, worktree: plan.worktree }, plan };
}

/** A branch that nobody makes must not look as if it were there. */
function checkWorkspace(workspace: CreateOptions["workspace"]): void {
  if (workspace?.mode !== "shared") return;
  const { branch, base } = workspace;
  if (branch === undefined && base === undefined) return;
  const what = branch === undefined ? "base" : "branch";
  throw new PierError(
    "BAD_REQUEST",
    `A ${what} goes with the workspace "worktree": "shared" takes the folder as it is.`,
  );
}
