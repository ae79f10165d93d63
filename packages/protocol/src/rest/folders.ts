import Type from "typebox";
import { limits } from "../limits.ts";

const folderPath = { maxLength: limits.path, description: "absolute, or starting with ~" };

/** Query of `GET /api/fs/list`. */
export const ListFolder = Type.Object({
  path: Type.Optional(Type.String({ minLength: 1, ...folderPath })),
});

/** Query of `GET /api/fs/complete`. */
export const CompleteFolder = Type.Object({
  prefix: Type.Optional(Type.String(folderPath)),
});

/** Query of `GET /api/sessions/{id}/files`. */
export const SearchFiles = Type.Object({
  query: Type.Optional(Type.String({ maxLength: limits.fileQuery })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.foundFiles })),
});

/** One thing in a folder. A symbolic link counts as what it leads to, or as `other` when that may not be looked at. */
export const FolderEntry = Type.Object({
  name: Type.String(),
  path: Type.String({ description: "absolute" }),
  type: Type.Enum(["directory", "file", "other"]),
  size: Type.Union([Type.Integer(), Type.Null()], { description: "bytes of a file" }),
  modified_at: Type.Union([Type.String(), Type.Null()]),
  symlink: Type.Boolean(),
});
export type FolderEntry = Type.Static<typeof FolderEntry>;

/** What a folder holds: folders first, then by name. */
export const FolderListing = Type.Object({
  path: Type.String({ description: "absolute, without symbolic links" }),
  parent: Type.Union([Type.String(), Type.Null()], { description: "null where nothing above may be looked at" }),
  entries: Type.Array(FolderEntry),
  truncated: Type.Boolean(),
});
export type FolderListing = Type.Static<typeof FolderListing>;

/** Folders whose path begins with what was typed, written the way it was typed. */
export const FolderCompletions = Type.Object({
  directories: Type.Array(Type.String()),
  truncated: Type.Boolean(),
});
export type FolderCompletions = Type.Static<typeof FolderCompletions>;

/** Files and folders of a session's folder that fit a query, the best first. */
export const FoundFiles = Type.Object({
  files: Type.Array(
    Type.Object({
      path: Type.String({ description: "relative to the session's folder, with /" }),
      directory: Type.Boolean(),
    }),
  ),
  truncated: Type.Boolean(),
});
export type FoundFiles = Type.Static<typeof FoundFiles>;
