import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { limits, PierError, type SessionInfo } from "@pier/protocol";
import type { LooseFiles } from "./loose-files.ts";
import { mediaType } from "./media-type.ts";
import { type PromptFiles, promptFiles } from "./prompt-files.ts";
import { type ReceivedFile, receiveFile } from "./receive-file.ts";
import { safeName } from "./safe-name.ts";
import { incomingFolder, makeFolder, putInPlace, sharedFolder } from "./shared-folder.ts";
import type { UploadRow, UploadRows } from "./upload-row.ts";

/** A file on its way in. */
export interface IncomingFile {
  /** As its sender calls it. */
  name: string | undefined;
  /** What its sender says it is. */
  mimeType: string | undefined;
  content: AsyncIterable<Buffer>;
}

/** Files that are attached to sessions. Every method throws a `PierError` whose code says which HTTP status fits. */
export interface UploadsService {
  /**
   * Whether this many bytes may be attached to a session; before any of them came.
   *
   * @throws PierError `SESSION_NOT_FOUND`, `CONFLICT` while the session has no file, `TOO_LARGE`, `TOO_MANY`
   */
  check(session: string, bytes: number): void;
  /** Takes files in: all of them, or none. */
  accept(session: string, files: AsyncIterable<IncomingFile>): Promise<UploadRow[]>;
  list(session: string): UploadRow[];
  /** @throws PierError `NOT_FOUND` */
  get(session: string, id: string): UploadRow;
  /** Takes a file back that no prompt names yet. @throws PierError `NOT_FOUND`, `CONFLICT` */
  remove(session: string, id: string): void;
  /** What a prompt says and carries of files. They stay with the session from now on. @throws PierError `NOT_FOUND`, `BAD_REQUEST` */
  take(session: string, ids: readonly string[]): PromptFiles;
}

export interface UploadsOptions {
  rows: UploadRows;
  loose: LooseFiles;
  /** @throws PierError `SESSION_NOT_FOUND` */
  get: (session: string) => SessionInfo;
  now: () => number;
}

/** Keeps attached files below the folder of pi's session files, so that they lie where the conversation does. */
export function createUploads({ rows, loose, get, now }: UploadsOptions): UploadsService {
  const folderOf = (session: string): string => {
    const { ephemeral, sessionFile } = get(session);
    if (ephemeral) throw new PierError("CONFLICT", "The session is ephemeral: nothing that is attached could be kept.");
    if (sessionFile === undefined || !existsSync(sessionFile))
      throw new PierError("CONFLICT", "The session has no file yet: attach files when the first answer was given.");
    return sharedFolder(sessionFile);
  };

  const check = (session: string, bytes: number, files = 1): void => {
    folderOf(session);
    if (bytes > limits.uploadRequest)
      throw new PierError("TOO_LARGE", `One upload takes at most ${limits.uploadRequest} bytes: send less at once.`);
    const there = rows.list(session);
    if (there.length + files > limits.sessionUploads)
      throw new PierError("TOO_MANY", `${there.length} files are attached to the session: that is all it takes.`);
    const sum = there.reduce((size, row) => size + row.size, 0);
    if (sum + bytes > limits.sessionUploadBytes)
      throw new PierError("TOO_LARGE", `A session takes ${limits.sessionUploadBytes} bytes of files, and has ${sum}.`);
  };

  const place = (session: string, shared: string, draft: Draft): UploadRow => {
    const { name, mimeType, size, sha256 } = draft;
    const path = join(makeFolder(shared, sha256), name);
    // Noted first: should the daemon end here, the next one knows what to clear away.
    rows.addLoose(path);
    const isThere = (row: UploadRow): boolean =>
      row.path.startsWith(shared + sep) && statSync(row.path, { throwIfNoEntry: false })?.size === size;
    const there = rows.withContent(sha256).filter(isThere);
    putInPlace(draft.path, path, (there.find((row) => row.path === path) ?? there[0])?.path);
    return { id: randomUUID(), session, name, mimeType, size, sha256, path, used: false, createdAt: now() };
  };

  const find = (session: string, id: string): UploadRow => {
    get(session);
    const row = rows.find(session, id);
    if (!row) throw new PierError("NOT_FOUND", `The session has no attached file ${id}: look at its uploads.`);
    return row;
  };

  return {
    check,
    async accept(session, files) {
      const incoming = makeFolder(folderOf(session), incomingFolder);
      const paths: string[] = [];
      const drafts: Draft[] = [];
      try {
        let sum = 0;
        for await (const { name, mimeType, content } of files) {
          if (drafts.length === limits.uploadFiles)
            throw new PierError(
              "TOO_LARGE",
              `One upload takes at most ${limits.uploadFiles} files: send fewer at once.`,
            );
          const path = join(incoming, randomUUID());
          paths.push(path);
          loose.begin(path);
          const file = await receiveFile(content, path, Math.min(limits.uploadFile, limits.uploadRequest - sum));
          sum += file.size;
          drafts.push({ ...file, path, name: safeName(name), mimeType: mediaType(file.start, mimeType) });
        }
        if (drafts.length === 0) throw new PierError("BAD_REQUEST", "The form holds no file: send at least one.");
        // From here on nothing is awaited: two uploads of one content find each other's file or their own, never half of one.
        check(session, sum, drafts.length);
        const shared = folderOf(session);
        const placed = drafts.map((draft) => place(session, shared, draft));
        rows.insert(placed, [...paths, ...placed.map(({ path }) => path)]);
        return placed;
      } finally {
        loose.end(paths);
      }
    },
    list(session) {
      get(session);
      return rows.list(session);
    },
    get: find,
    remove(session, id) {
      const row = find(session, id);
      if (row.used)
        throw new PierError("CONFLICT", `A prompt names ${row.name}: it stays as long as the session does.`);
      rows.remove(session, id);
      loose.sweep();
    },
    take(session, ids) {
      if (ids.length > limits.uploadFiles)
        throw new PierError("BAD_REQUEST", `One prompt takes at most ${limits.uploadFiles} files.`);
      const taken = [...new Set(ids)].map((id) => find(session, id));
      const given = promptFiles(taken);
      rows.markUsed(taken.map(({ id }) => id));
      return given;
    },
  };
}

interface Draft extends ReceivedFile {
  path: string;
  name: string;
  mimeType: string;
}
