import { dirname } from "node:path";
import { type CreateSession, PierError, type WorkspaceConfigAnswer } from "@pier/protocol";
import type { SessionProgram } from "../agent/session-program.ts";
import { workspaceLimits } from "../limits.ts";
import { runDetached } from "../process/run-detached.ts";
import type { SessionRow } from "../session/session-row.ts";
import type { Approvals } from "../store/index.ts";
import { setupApproval } from "./setup-approval.ts";

export interface Setup {
  command: string;
  /** The file that names it. */
  file: string;
}

/**
 * The set-up command to run; null for none. A repository may bring one along: it runs when somebody who may run programs here
 * wrote it, or said so.
 *
 * @throws PierError `SETUP_BLOCKED`
 */
export function toSetup(
  settings: WorkspaceConfigAnswer | undefined,
  wish: NonNullable<CreateSession["workspace"]>["setup"],
  approvals: Approvals,
): Setup | null {
  const command = settings?.config.setup?.command;
  const file = settings?.file;
  if (command === undefined || file == null || wish === "skip") return null;
  const approval = setupApproval(dirname(dirname(file)), command);
  if (wish === "run") approvals.approve(approval);
  else if (!approvals.isApproved(approval))
    throw new PierError("SETUP_BLOCKED", `${file} wants to run "${command}" first: say whether it may, or skip it.`, {
      path: file,
    });
  return { command, file };
}

/** Runs it in the new worktree, as pi will run there. @throws PierError `CONFLICT` with its words when it fails */
export async function runSetup(
  { command, file }: Setup,
  row: SessionRow,
  { folder, sessionProgram }: { folder: string; sessionProgram: SessionProgram },
): Promise<void> {
  const start = await sessionProgram(row, { command: "/bin/sh", args: ["-c", `exec </dev/null 2>&1\n${command}`] });
  const { worktree } = row;
  const { code, words, cut } = await runDetached({
    ...start,
    folder,
    env: { ...start.env, ...(worktree && { PIER_REPOSITORY: worktree.repository, PIER_BRANCH: worktree.branch }) },
    timeout: workspaceLimits.setup,
    maxOutput: workspaceLimits.setupOutput,
  });
  if (code === 0 && cut === null) return;
  const why = {
    time: `took longer than ${workspaceLimits.setup / 60_000} minutes`,
    output: `said more than ${workspaceLimits.setupOutput} bytes`,
  };
  const how = cut ? why[cut] : code === null ? "was ended by a signal" : `ended with code ${code}`;
  throw new PierError("CONFLICT", `The set-up of ${file} ${how}: ${words || "it said nothing"}`);
}
