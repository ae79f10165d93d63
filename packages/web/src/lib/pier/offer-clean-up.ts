import type { SessionInfo } from "@pier/protocol";
import { asking } from "#lib/ui/ask.svelte.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";
import { pier } from "./pier.svelte.ts";

/** The worktree of a closed session can go with it when it holds nothing of its own; one that does is only named. */
export async function offerCleanUp({ id, worktree }: Pick<SessionInfo, "id" | "worktree">): Promise<void> {
  if (!worktree) return;
  await attempt(async () => {
    const { rest } = pier;
    const state = await rest.worktree(id);
    if (!state.exists) return;
    if (!state.removable) {
      toasts.say(`Archived. Its worktree ${worktree.path} stays, for there is work in it on ${worktree.branch}.`);
      return;
    }
    const yes = await asking.ask({
      title: "Remove its worktree too?",
      text: `Nothing in ${worktree.path} would be lost. The branch ${worktree.branch} goes with it.`,
      yes: "Remove",
    });
    if (yes) await rest.removeWorktree(id);
  });
}
