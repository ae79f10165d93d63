import Type from "typebox";

/** What git says of a session's folder, as of a moment ago: what differs from the last commit. */
export const GitSummary = Type.Object({
  branch: Type.Union([Type.String(), Type.Null()], { description: "null when no branch is checked out" }),
  insertions: Type.Integer({ description: "lines" }),
  deletions: Type.Integer({ description: "lines" }),
  files: Type.Integer({ description: "changed files, untracked ones too" }),
  worktree: Type.Boolean({ description: "whether the folder is in a linked worktree" }),
});
export type GitSummary = Type.Static<typeof GitSummary>;

/** The git worktree that was made for a session. */
export const SessionWorktree = Type.Object({
  path: Type.String({ description: "its top folder" }),
  branch: Type.String({ description: "made for it" }),
  base: Type.String({ description: "where the branch began, as a person would name it" }),
  repository: Type.String({ description: "the folder of the main worktree" }),
});
export type SessionWorktree = Type.Static<typeof SessionWorktree>;
