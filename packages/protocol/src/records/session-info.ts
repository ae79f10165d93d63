import Type from "typebox";
import { activities } from "./activities.ts";
import { GitSummary, SessionWorktree } from "./session-git.ts";

const origins: ["pier", "pi"] = ["pier", "pi"];

const activityMeaning =
  "starting: pi is being started; idle: waits for a prompt; running: a turn is under way; stopped: the process was suspended by a signal; parked: listed as live, pi starts again on first use; closed: archived";

/** What the list of sessions shows of one session. */
export const SessionInfo = Type.Object({
  id: Type.String(),
  name: Type.Optional(Type.String()),
  cwd: Type.String(),
  status: Type.Union([Type.Literal("live"), Type.Literal("closed")]),
  activity: Type.Enum(activities, { description: activityMeaning }),
  attention: Type.Optional(
    Type.Object({
      reason: Type.Union([Type.Literal("question"), Type.Literal("error"), Type.Literal("finished")]),
      text: Type.Optional(Type.String()),
    }),
  ),
  provider: Type.Optional(Type.String()),
  model: Type.Optional(Type.String()),
  thinkingLevel: Type.Optional(Type.String()),
  ephemeral: Type.Boolean(),
  demo: Type.Boolean({ description: "whether the demo model answers" }),
  origin: Type.Enum(origins, { description: "pier: started here; pi: found in pi's own session folder" }),
  renderMarkdown: Type.Boolean({ description: "whether people want to see this session's Markdown rendered" }),
  piVersion: Type.Optional(Type.String()),
  pid: Type.Optional(Type.Integer()),
  preview: Type.Optional(Type.String({ description: "the last line somebody said" })),
  clients: Type.Integer({ description: "attached connections" }),
  createdAt: Type.Integer({ description: "ms since 1970" }),
  lastActiveAt: Type.Integer({ description: "ms since 1970" }),
  sessionFile: Type.Optional(Type.String()),
  parent: Type.Optional(Type.String({ description: "the session it was branched from" })),
  branchEntry: Type.Optional(Type.String({ description: "the message before which it was branched" })),
  lastExit: Type.Optional(
    Type.Object({
      code: Type.Union([Type.Integer(), Type.Null()]),
      signal: Type.Optional(Type.String()),
      message: Type.String(),
    }),
  ),
  git: Type.Optional(GitSummary),
  worktree: Type.Optional(SessionWorktree),
});

export type SessionInfo = Type.Static<typeof SessionInfo>;
