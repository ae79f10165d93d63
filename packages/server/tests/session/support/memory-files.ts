import { isShownEntry, entryMessage, parseEntry } from "../../../src/agent/session-entries.ts";
import type { SavedPrompt, SessionFiles } from "../../../src/session/agent-process.ts";
import type { FileItems, Item } from "../../../src/session/item-index.ts";

/** Session files in memory, read in the plainest way. */
export class MemoryFiles implements SessionFiles {
  readonly #files = new Map<string, Buffer>();

  write(file: string, text: string): void {
    this.#files.set(file, Buffer.from(text));
  }

  append(file: string, line: string): void {
    this.#files.set(file, Buffer.concat([this.#files.get(file) ?? Buffer.alloc(0), Buffer.from(`${line}\n`)]));
  }

  remove(file: string): void {
    this.#files.delete(file);
  }

  text(file: string): string {
    return this.#files.get(file)?.toString("utf8") ?? "";
  }

  problem(file: string): string | null {
    const [head = ""] = this.text(file).split("\n", 1);
    return parseEntry(head)?.type === "session" ? null : `${file} is no session.`;
  }

  isRewrittenOnLoad(): boolean {
    return false;
  }

  size(file: string): number | null {
    return this.#files.get(file)?.length ?? null;
  }

  open(file: string, size: number): FileItems {
    return listItems(pathItems(this.#bytes(file).subarray(0, size)));
  }

  read(file: string, start: number, end: number): { entry?: string; text: string } {
    return entryMessage(this.#bytes(file).toString("utf8", start, end));
  }

  savedPrompts(file: string, since: number, from = 0): SavedPrompt[] {
    return this.#bytes(file)
      .toString("utf8", from)
      .split("\n")
      .map(
        (line) =>
          parseEntry(line)?.message as { role: string; content: { text?: string }[]; timestamp: number } | undefined,
      )
      .filter((message) => message?.role === "user" && message.timestamp >= since)
      .map((message) => ({
        texts: (message?.content ?? []).map(({ text }) => text ?? ""),
        timestamp: message?.timestamp ?? null,
      }));
  }

  #bytes(file: string): Buffer {
    return this.#files.get(file) ?? Buffer.alloc(0);
  }
}

/** The items of a file's active branch, oldest first, from a parse of the whole. */
export function pathItems(bytes: Buffer): Item[] {
  const lines: { start: number; end: number; entry: NonNullable<ReturnType<typeof parseEntry>> }[] = [];
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    const entry = parseEntry(bytes.toString("utf8", start, end));
    if (entry && entry.type !== "session") lines.push({ start, end, entry });
    start = end + 1;
  }
  const path = new Set<unknown>();
  for (let wanted = lines.findLast(({ entry }) => entry.id !== undefined)?.entry.id ?? null; wanted !== null;) {
    path.add(wanted);
    wanted = lines.find(({ entry }) => entry.id === wanted)?.entry.parentId ?? null;
  }
  return lines
    .filter(({ entry }) => (entry.id === undefined || path.has(entry.id)) && isShownEntry(entry))
    .map(({ start, end }) => ({ source: "file", start, end }));
}

/** Items of a file that stand in a list, oldest first. */
function listItems(items: readonly Item[]): FileItems {
  return {
    fromEnd: (index) => items[items.length - 1 - index],
    indexOf: (start) => {
      const place = items.findIndex((item) => item.start === start);
      return place === -1 ? -1 : items.length - 1 - place;
    },
  };
}
