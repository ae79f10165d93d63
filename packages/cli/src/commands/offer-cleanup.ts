import type { SessionRecord } from "@pier/protocol";
import { neutraliseLine } from "@pier/tui/text";
import { ask } from "../attach/input/ask.ts";
import type { Daemon } from "../daemon/daemon.ts";
import { type Io, isInteractive, print } from "../io.ts";

/** Asks a person whether the worktree of a closed session may go; says why it stays where something would be lost. */
export async function offerCleanup(io: Io, daemon: Daemon, { id, worktree }: SessionRecord): Promise<void> {
  if (!worktree) return;
  const path = neutraliseLine(worktree.path);
  const branch = neutraliseLine(worktree.branch);
  const { removable, file_count: files, commit_count: commits } = await daemon.api.sessions.worktree(id);
  if (!removable)
    return print(io, `Its worktree ${path} stays: ${files} changed files, ${commits} commits that nothing else has.`);
  const answer = isInteractive(io) ? await ask(io, `Remove its worktree ${path} and the branch ${branch}? y/N `) : null;
  if (!/^y(es)?$/i.test(answer ?? "")) return print(io, `Its worktree ${path} stays; nothing in it would be lost.`);
  await daemon.api.sessions.removeWorktree(id);
  print(io, `Removed ${path} and ${branch}.`);
}
