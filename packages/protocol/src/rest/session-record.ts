import Type from "typebox";
import { limits } from "../limits.ts";
import { GitSummary, SessionWorktree } from "../records/session-git.ts";
import type { SessionInfo } from "../records/session-info.ts";

const nullable = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()]);

/** A session as REST shows it: snake_case, absent values are `null`, times are ISO 8601. */
export const SessionRecord = Type.Object({
  id: Type.String(),
  name: nullable(Type.String()),
  working_dir: Type.String(),
  status: Type.Union([Type.Literal("live"), Type.Literal("closed")]),
  activity: Type.String(),
  attention: Type.Union([Type.Object({ reason: Type.String(), text: nullable(Type.String()) }), Type.Null()]),
  provider: nullable(Type.String()),
  model: nullable(Type.String()),
  thinking_level: nullable(Type.String()),
  ephemeral: Type.Boolean(),
  demo: Type.Boolean(),
  origin: Type.Enum(["pier", "pi"], { description: "pi: found in pi's own session folder, not yet Pier's" }),
  render_markdown: Type.Boolean(),
  pi_version: nullable(Type.String()),
  pid: Type.Union([Type.Integer(), Type.Null()]),
  preview: nullable(Type.String()),
  clients: Type.Integer(),
  session_file: nullable(Type.String()),
  parent_piface_id: nullable(Type.String({ description: "the session it was branched from" })),
  branch_entry_id: nullable(Type.String({ description: "the message before which it was branched" })),
  created_at: Type.String(),
  last_active_at: Type.String(),
  last_exit: Type.Union([
    Type.Object({
      code: Type.Union([Type.Integer(), Type.Null()]),
      signal: nullable(Type.String()),
      message: Type.String(),
    }),
    Type.Null(),
  ]),
  git: Type.Union([GitSummary, Type.Null()]),
  worktree: Type.Union([SessionWorktree, Type.Null()]),
});
export type SessionRecord = Type.Static<typeof SessionRecord>;

/** Where a new session works: in the folder itself, or in a git worktree of its own. */
const Workspace = Type.Object(
  {
    mode: Type.Enum(["shared", "worktree"]),
    branch: Type.Optional(
      Type.String({ minLength: 1, maxLength: limits.refName, description: "new; made of the name without it" }),
    ),
    base: Type.Optional(Type.String({ minLength: 1, maxLength: limits.refName, description: "HEAD without it" })),
    setup: Type.Optional(
      Type.Enum(["run", "skip"], { description: "whether the project's set-up command runs; once approved it does" }),
    ),
  },
  { additionalProperties: false },
);

/** Body of `POST /api/sessions`. */
export const CreateSession = Type.Object(
  {
    working_dir: Type.String({ minLength: 1, maxLength: limits.path, description: "absolute, or starting with ~" }),
    name: Type.Optional(Type.String({ maxLength: limits.sessionName })),
    provider: Type.Optional(Type.String({ maxLength: limits.modelName })),
    model: Type.Optional(Type.String({ maxLength: limits.modelName })),
    thinking_level: Type.Optional(Type.String({ maxLength: limits.thinkingLevel })),
    ephemeral: Type.Optional(Type.Boolean()),
    use_direnv: Type.Optional(Type.Boolean({ description: "whether an .envrc counts; true without it" })),
    workspace: Type.Optional(Workspace),
    pi_args: Type.Optional(
      Type.Array(Type.String({ maxLength: 4096 }), {
        maxItems: 100,
        description: "further options for pi; admin devices only",
      }),
    ),
  },
  { additionalProperties: false },
);
export type CreateSession = Type.Static<typeof CreateSession>;

/** Body of `PATCH /api/sessions/{id}`: what is left out stays as it is. */
export const UpdateSession = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: limits.sessionName })),
    render_markdown: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type UpdateSession = Type.Static<typeof UpdateSession>;

/** The REST form of what frames call `SessionInfo`. */
export function toSessionRecord(info: SessionInfo): SessionRecord {
  return {
    id: info.id,
    name: info.name ?? null,
    working_dir: info.cwd,
    status: info.status,
    activity: info.activity,
    attention: info.attention ? { reason: info.attention.reason, text: info.attention.text ?? null } : null,
    provider: info.provider ?? null,
    model: info.model ?? null,
    thinking_level: info.thinkingLevel ?? null,
    ephemeral: info.ephemeral,
    demo: info.demo,
    origin: info.origin,
    render_markdown: info.renderMarkdown,
    pi_version: info.piVersion ?? null,
    pid: info.pid ?? null,
    preview: info.preview ?? null,
    clients: info.clients,
    session_file: info.sessionFile ?? null,
    parent_piface_id: info.parent ?? null,
    branch_entry_id: info.branchEntry ?? null,
    created_at: new Date(info.createdAt).toISOString(),
    last_active_at: new Date(info.lastActiveAt).toISOString(),
    last_exit: info.lastExit
      ? { code: info.lastExit.code, signal: info.lastExit.signal ?? null, message: info.lastExit.message }
      : null,
    git: info.git ?? null,
    worktree: info.worktree ?? null,
  };
}
