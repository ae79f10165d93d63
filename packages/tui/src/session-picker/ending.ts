import type { SessionInfo } from "@pier/protocol";
import { neutraliseLine } from "../text/index.ts";
import type { SessionActions } from "./session-actions.ts";

/** How a picker talks to the person about ending a session. */
export interface Ending {
  actions: SessionActions;
  readonly ask: (question: { title: string; message: string }) => Promise<boolean>;
  /** Says what became of something. */
  readonly say: (text: string) => void;
  /** Shows that something goes on until it is done, and says what goes wrong. */
  readonly run: (words: string, work: () => Promise<void>) => Promise<void>;
}

/** Closes a session once the person is sure; its worktree can go with it when it holds nothing of its own. */
export async function endSession(info: SessionInfo, { actions, ask, say, run }: Ending): Promise<void> {
  const message = "pi ends there. What was said is kept, and the session can be opened again.";
  if (!(await ask({ title: `Close ${titleOf(info)}?`, message }))) return;
  await run("closing …", async () => {
    await actions.close(info.id);
    if (!info.worktree) return;
    const { exists, removable } = await actions.worktree(info.id);
    if (!exists) return;
    const path = neutraliseLine(info.worktree.path);
    const branch = neutraliseLine(info.worktree.branch);
    if (!removable) return say(`Its worktree stays, for there is work in it: ${path}`);
    const lost = `Nothing in ${path} would be lost. The branch ${branch} goes with it.`;
    if (await ask({ title: "Remove its worktree too?", message: lost })) await actions.removeWorktree(info.id);
  });
}

/** Deletes a session once the person is sure. */
export async function deleteSession(info: SessionInfo, { actions, ask, run }: Ending): Promise<void> {
  const ends = info.status === "live" ? "pi ends there. " : "";
  const message = `${ends}What was said goes to the trash.`;
  if (!(await ask({ title: `Delete ${titleOf(info)}?`, message }))) return;
  await run("deleting …", () => actions.remove(info.id));
}

function titleOf({ name, preview }: SessionInfo): string {
  return neutraliseLine(name ?? preview ?? "") || "the new session";
}
