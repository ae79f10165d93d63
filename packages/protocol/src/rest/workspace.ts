import Type from "typebox";
import { limits } from "../limits.ts";
import { thinkingLevelNames } from "../records/thinking-levels.ts";

/** The skins that there are. */
export const skins = [
  "default",
  "beos",
  "facebook2007",
  "nintendo",
  "nintendo-nes",
  "windows98",
  "macos8",
  "winamp",
  "protoss",
  "terran",
  "zerg",
  "synthwave",
] as const;

const section = { additionalProperties: false };
const model = Type.String({ minLength: 1, maxLength: limits.modelName });

/** What `.pier/workspace.toml` says of a project; what is absent is left open. */
export const WorkspaceConfig = Type.Object(
  {
    ui: Type.Optional(
      Type.Object(
        {
          theme_override: Type.Optional(Type.Enum(["light", "dark"])),
          skin_override: Type.Optional(Type.Enum([...skins])),
        },
        section,
      ),
    ),
    session: Type.Optional(
      Type.Object(
        {
          provider: Type.Optional(model),
          model: Type.Optional(model),
          thinking_level: Type.Optional(Type.Unsafe<string>(Type.Enum([...thinkingLevelNames]))),
        },
        section,
      ),
    ),
    setup: Type.Optional(
      Type.Object(
        {
          command: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: limits.setupCommand,
              description: "for sh, run in a new worktree before pi starts",
            }),
          ),
        },
        section,
      ),
    ),
    workspace: Type.Optional(Type.Object({ mode: Type.Optional(Type.Enum(["shared", "worktree"])) }, section)),
  },
  section,
);
export type WorkspaceConfig = Type.Static<typeof WorkspaceConfig>;

const projectPath = Type.String({
  minLength: 1,
  maxLength: limits.path,
  description: "a folder, absolute or starting with ~",
});

/** Query of `GET /api/workspace/config`. */
export const ReadWorkspaceConfig = Type.Object({ path: projectPath });

/** Body of `PUT /api/workspace/config`. */
export const WriteWorkspaceConfig = Type.Object({ path: projectPath, config: WorkspaceConfig }, section);

/** Answer of both. */
export const WorkspaceConfigAnswer = Type.Object({
  path: Type.String({ description: "the folder, without symbolic links" }),
  file: Type.Union([Type.String(), Type.Null()], { description: "where it stands; null when there is no file yet" }),
  config: WorkspaceConfig,
});
export type WorkspaceConfigAnswer = Type.Static<typeof WorkspaceConfigAnswer>;

/** Body of `POST /api/direnv/allow`. */
export const AllowDirenv = Type.Object(
  {
    path: Type.String({ minLength: 1, maxLength: limits.path, description: "an .envrc, or a folder that has one" }),
  },
  section,
);

/** Its answer: the file that is approved now. */
export const AllowedDirenv = Type.Object({ path: Type.String() });
export type AllowedDirenv = Type.Static<typeof AllowedDirenv>;
