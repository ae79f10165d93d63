import type { RestClient } from "@pier/client";
import type { SessionInfo, WorktreeState } from "@pier/protocol";
import { limits } from "../limits.ts";
import { infoOf } from "./info-of.ts";

/** What can be done with sessions from the picker. Each rejects with a sentence that says why not. */
export interface SessionActions {
  /** Starts one, in the folder or in a worktree of its own; absent where that makes no sense. Resolves with its id. */
  create?: (place: "shared" | "worktree") => Promise<string>;
  /** Those that are closed, the last active one first; those of plain pi too. */
  closed(): Promise<SessionInfo[]>;
  /** Starts pi again for a closed one. */
  resume(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  close(id: string): Promise<void>;
  /** Ends it for good; its file goes to the trash where there is one. */
  remove(id: string): Promise<void>;
  /** Approves an .envrc. */
  allow(envrc: string): Promise<void>;
  /** What would be lost with the worktree of a session. */
  worktree(id: string): Promise<WorktreeState>;
  removeWorktree(id: string): Promise<void>;
}

/** @param folder where a new session begins; without one, none can be started */
export function sessionActions(rest: RestClient, folder?: string): SessionActions {
  return {
    ...(folder !== undefined && {
      create: async (mode) => (await rest.create({ working_dir: folder, workspace: { mode } })).id,
    }),
    async closed() {
      const { sessions } = await rest.listPage({ status: "closed", limit: limits.closedSessions });
      return sessions.map(infoOf);
    },
    async resume(id) {
      await rest.resume(id);
    },
    async rename(id, name) {
      await rest.rename(id, name);
    },
    async close(id) {
      await rest.kill(id);
    },
    async remove(id) {
      await rest.remove(id);
    },
    async allow(envrc) {
      await rest.allowDirenv(envrc);
    },
    worktree: (id) => rest.worktree(id),
    removeWorktree: (id) => rest.removeWorktree(id),
  };
}
