import Type from "typebox";
import { SessionWorktree } from "../records/session-git.ts";

/** Answer of `GET /api/sessions/{id}/worktree`: what would be lost with it. */
export const WorktreeState = Type.Object({
  ...SessionWorktree.properties,
  exists: Type.Boolean({ description: "whether the folder is still there" }),
  files: Type.Array(Type.String(), { description: "changed and untracked files, the first of them" }),
  file_count: Type.Integer(),
  commits: Type.Array(Type.Object({ hash: Type.String(), subject: Type.String() }), {
    description: "commits that no other branch, tag or remote has, newest first, the first of them",
  }),
  commit_count: Type.Integer(),
  removable: Type.Boolean({ description: "whether nothing would be lost with folder and branch" }),
});
export type WorktreeState = Type.Static<typeof WorktreeState>;

/** Query of `DELETE /api/sessions/{id}/worktree`. */
export const RemoveWorktree = Type.Object({
  keep_branch: Type.Optional(Type.Boolean({ description: "removes the folder only: commits stay on the branch" })),
});
