import { randomBytes, randomUUID } from "node:crypto";
import { type FileHandle, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { limits } from "../limits.ts";
import { toStorageError } from "../store/storage-error.ts";
import { pathTo, type SessionTree, type TreeEntry } from "./session-tree.ts";

export interface BranchFileOptions {
  /** The session file that is branched; it is only read. */
  source: string;
  tree: SessionTree;
  /** The entry that the new conversation ends with. */
  end: string | null;
  /** A name for the new conversation, in place of the one it had. */
  name: string | undefined;
  now: number;
  /** Told of each file before it is made. */
  note: (path: string) => void;
}

/**
 * Writes a session file beside `source` that holds the conversation up to an entry, as pi's own fork does: the entries as
 * they are, labels that were given to them later, and a header that names the source. It is there whole or not at all.
 *
 * @returns its path; null when nothing was said up to there: pi begins such a conversation without a file
 * @throws PierError `STORAGE`
 */
export async function writeBranchFile({
  source,
  tree,
  end,
  name,
  now,
  note,
}: BranchFileOptions): Promise<string | null> {
  const path = pathTo(tree, end);
  if (!path.some((entry) => entry.shown)) return null;
  const id = randomUUID();
  const timestamp = new Date(now).toISOString();
  const file = join(dirname(source), `${timestamp.replace(/[:.]/g, "-")}_${id}.jsonl`);
  const draft = `${file}.tmp`;
  try {
    note(draft);
    note(file);
    const input = await open(source, "r");
    const output = await open(draft, "wx", 0o600).catch(async (error: unknown) => {
      await input.close();
      throw error;
    });
    try {
      await output.writeFile(line({ ...tree.header, id, timestamp, parentSession: source }));
      for (const { start, end: stop } of joined(path)) await copy(input, output, start, stop);
      await output.writeFile(following(tree, path, name, timestamp));
      await output.sync();
    } finally {
      await Promise.all([input.close(), output.close()]);
    }
    await rename(draft, file);
    return file;
  } catch (error) {
    throw toStorageError(error, draft);
  }
}

/** Neighbours in the file are copied together. */
function joined(path: readonly TreeEntry[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of path) {
    const last = ranges.at(-1);
    if (last?.end === start) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges;
}

async function copy(input: FileHandle, output: FileHandle, start: number, end: number): Promise<void> {
  for (let at = start; at < end;) {
    const chunk = Buffer.alloc(Math.min(limits.fileChunk, end - at));
    const { bytesRead } = await input.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) throw new Error("The session file became shorter while it was read");
    await output.writeFile(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** Entries behind the path: labels of it that came later, and the name. */
function following(tree: SessionTree, path: readonly TreeEntry[], name: string | undefined, timestamp: string): string {
  const onPath = new Set(path.map(({ id }) => id));
  const entries: Record<string, unknown>[] = [...tree.labels.values()]
    .filter(({ targetId }) => onPath.has(targetId))
    .map((label) => ({ type: "label", ...label }));
  if (name !== undefined) entries.push({ type: "session_info", timestamp, name });
  let parentId = path.at(-1)?.id ?? null;
  return entries
    .map(({ type, ...rest }) => {
      const id = newEntryId(tree);
      const text = line({ type, id, parentId, ...rest });
      parentId = id;
      return text;
    })
    .join("");
}

/** As pi's own: eight hexadecimal digits. */
function newEntryId(tree: SessionTree): string {
  for (;;) {
    const id = randomBytes(4).toString("hex");
    if (!tree.entries.has(id)) return id;
  }
}

function line(entry: object): string {
  return `${JSON.stringify(entry)}\n`;
}
