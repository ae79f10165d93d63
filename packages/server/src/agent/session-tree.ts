import { open } from "node:fs/promises";
import { PierError } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { JournalRecord } from "../session/journal-record.ts";
import { RecordSplitter } from "./record-splitter.ts";
import { isShownEntry } from "./session-entries.ts";

/** Where an entry stands in its file, and in the tree. */
export interface TreeEntry {
  id: string;
  parentId: string | null;
  start: number;
  end: number;
  /** Whether people see it. */
  shown: boolean;
  /** What a person typed; undefined for all that is no user's message. */
  text?: string;
  /** ms since 1970; NaN when the entry does not say. */
  timestamp: number;
}

/** What a label says of an entry; no label takes an earlier one away. */
export interface TreeLabel {
  targetId: string;
  label: string | undefined;
  timestamp: unknown;
}

/** The shape of a session file: its entries without what they hold. */
export interface SessionTree {
  /** The first line. */
  header: Record<string, unknown>;
  /** In the order of the file. */
  entries: Map<string, TreeEntry>;
  /** The last label of each entry. */
  labels: Map<string, TreeLabel>;
  /** The entry that the conversation stands at. */
  leaf: string | null;
}

/**
 * Reads a session file once, chunk by chunk.
 *
 * @throws PierError `CONFLICT` for a file of an older pi, whose entries have no names
 */
export async function readSessionTree(file: string): Promise<SessionTree> {
  const tree: SessionTree = { header: {}, entries: new Map(), labels: new Map(), leaf: null };
  await readRecords(file, (record) => add(tree, record));
  if (tree.header["type"] !== "session" || (tree.entries.size === 0 && tree.leaf !== null)) {
    throw new PierError(
      "CONFLICT",
      `An older pi wrote ${file}: resume the session once, so that it is brought up to date.`,
    );
  }
  return tree;
}

/** The entries from the root to one of them. */
export function pathTo(tree: SessionTree, id: string | null): TreeEntry[] {
  const path: TreeEntry[] = [];
  // A file that was written over may hold a circle.
  const seen = new Set<string>();
  for (let at = id; at !== null && !seen.has(at); at = path.at(-1)?.parentId ?? null) {
    const entry = tree.entries.get(at);
    if (!entry) break;
    seen.add(at);
    path.push(entry);
  }
  return path.toReversed();
}

async function readRecords(file: string, onRecord: (record: JournalRecord) => void): Promise<void> {
  const handle = await open(file, "r");
  try {
    // pi may go on writing: what comes later is not waited for.
    const { size } = await handle.stat();
    const splitter = new RecordSplitter(0);
    for (let at = 0; at < size;) {
      const chunk = Buffer.alloc(Math.min(limits.fileChunk, size - at));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) break;
      splitter.push(chunk.subarray(0, bytesRead), onRecord);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

function add(tree: SessionTree, { value, start, end }: JournalRecord): void {
  if (value.type === "session") {
    if (start === 0) tree.header = value;
    return;
  }
  const { id, parentId, timestamp } = value;
  tree.leaf = typeof id === "string" ? id : "";
  if (typeof id !== "string") return;
  const { message } = value as { message?: { role?: unknown; content?: unknown } };
  const isUser = value.type === "message" && message?.role === "user";
  tree.entries.set(id, {
    id,
    parentId: typeof parentId === "string" ? parentId : null,
    start,
    end,
    shown: isShownEntry(value),
    ...(isUser && { text: textOf(message.content) }),
    timestamp: typeof timestamp === "string" ? Date.parse(timestamp) : NaN,
  });
  const { targetId, label } = value;
  if (value.type !== "label" || typeof targetId !== "string") return;
  tree.labels.set(targetId, {
    targetId,
    label: typeof label === "string" ? label : undefined,
    timestamp,
  });
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return (content as ({ type?: unknown; text?: unknown } | null)[])
    .map((block) => (block?.type === "text" && typeof block.text === "string" ? block.text : ""))
    .join("");
}
