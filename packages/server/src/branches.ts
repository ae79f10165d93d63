import { existsSync } from "node:fs";
import { type ForkMessage, PierError, type SessionInfo } from "@pier/protocol";
import { writeBranchFile } from "./agent/branch-file.ts";
import { pathTo, readSessionTree, type SessionTree } from "./agent/session-tree.ts";
import { limits } from "./limits.ts";
import { cleanName } from "./session/clean-name.ts";
import type { SessionRow } from "./session/session-row.ts";
import type { LooseFiles } from "./uploads/loose-files.ts";

/** What REST asks of branches. */
export interface BranchesService {
  /** The user's messages from which a session can be branched, in the order in which they were saved. */
  list(session: string): Promise<ForkMessage[]>;
  /** A new live session that goes on before one of those messages. */
  create(session: string, entry: string, name: string | undefined): Promise<{ info: SessionInfo; text: string }>;
}

export interface BranchesOptions {
  /** @throws PierError `SESSION_NOT_FOUND` */
  get(id: string): SessionInfo;
  row(id: string): SessionRow;
  /** Keeps a session and starts it; nothing of it stays when it does not start. */
  open(row: Partial<SessionRow> & Pick<SessionRow, "cwd">): Promise<SessionInfo>;
  loose: LooseFiles;
  now(): number;
}

/**
 * Branches sessions by their files: the source is only read, so that neither it nor a turn in it is disturbed, and it need
 * not be live.
 */
export function createBranches(options: BranchesOptions): BranchesService {
  return {
    async list(session) {
      const file = fileOf(options.get(session));
      return file === null ? [] : forkMessages(await readSessionTree(file));
    },

    async create(session, entry, name) {
      const info = options.get(session);
      const file = fileOf(info);
      if (file === null) {
        throw new PierError("CONFLICT", "The session has no file yet: branch it when the first answer was given.");
      }
      const tree = await readSessionTree(file);
      const from = tree.entries.get(entry);
      if (from?.text === undefined) {
        throw new PierError(
          "NOT_FOUND",
          `The session has no user's message ${entry}: take an entry_id of its fork-messages.`,
        );
      }
      const row = options.row(session);
      const made: string[] = [];
      const note = (path: string): void => {
        made.push(path);
        options.loose.begin(path);
      };
      try {
        const branch = await writeBranchFile({
          source: file,
          tree,
          end: from.parentId,
          name: cleanName(name ?? "") ?? undefined,
          now: options.now(),
          note,
        });
        const { cwd, demo, piArgs, useDirenv } = row;
        const started = await options.open({
          cwd,
          demo,
          piArgs,
          useDirenv,
          name: name ?? info.name ?? null,
          provider: info.provider ?? null,
          model: info.model ?? null,
          thinkingLevel: info.thinkingLevel ?? null,
          sessionFile: branch,
          parent: session,
          branchEntry: entry,
        });
        return { info: started, text: from.text };
      } finally {
        options.loose.end(made);
      }
    },
  };
}

/** The session's file; null while there is none. @throws PierError `CONFLICT` when there never will be one, or it is gone */
function fileOf({ ephemeral, sessionFile, status }: SessionInfo): string | null {
  if (ephemeral) throw new PierError("CONFLICT", "The session is ephemeral: nothing of it is kept to branch from.");
  if (sessionFile !== undefined && existsSync(sessionFile)) return sessionFile;
  if (sessionFile !== undefined && status === "closed")
    throw new PierError("CONFLICT", `The session file ${sessionFile} is gone: there is nothing to branch from.`);
  return null;
}

function forkMessages(tree: SessionTree): ForkMessage[] {
  const active = new Set(pathTo(tree, tree.leaf).map(({ id }) => id));
  return [...tree.entries.values()].flatMap(({ id, text, timestamp }) =>
    text === undefined
      ? []
      : [
          {
            entry_id: id,
            text: text.slice(0, limits.forkText),
            timestamp: Number.isNaN(timestamp) ? null : new Date(timestamp).toISOString(),
            active: active.has(id),
          },
        ],
  );
}
