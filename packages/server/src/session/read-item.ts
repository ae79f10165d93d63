import { type AgentMessage, type Payload, rawMember } from "@pier/protocol";
import type { SessionFiles } from "./agent-process.ts";
import type { Item, ItemContent } from "./item-index.ts";
import { parseNote } from "./notes.ts";

export interface ItemSources {
  files: SessionFiles;
  /** The session file that items of source `file` stand in. */
  file: string | null;
  /** Reads a journal record. */
  readJournal(start: number, end: number): string;
}

/** Reads what an item holds, from the journal or the session file. */
export function readItem(item: Item, sources: ItemSources): ItemContent {
  if (item.source === "file") {
    const read = sources.files.read(sources.file ?? "", item.start, item.end);
    return { ...read, message: () => JSON.parse(read.text) as AgentMessage };
  }
  const text = journalMessage(sources.readJournal(item.start, item.end), item);
  return { text, message: () => JSON.parse(text) as AgentMessage };
}

/** The message that a journal record finished, as JSON text. */
function journalMessage(record: string, item: Item): string {
  if (item.command) {
    const reply = JSON.parse(record) as Payload & { data?: object };
    const note = parseNote(reply);
    const data = note?.note === "shell" ? note.data : reply.data;
    const { command, excludeFromContext } = item.command;
    return JSON.stringify({
      role: "bashExecution",
      command,
      ...data,
      ...(excludeFromContext && { excludeFromContext }),
    });
  }
  const message = rawMember(record, "message");
  if (message !== undefined) return message;
  const result = (JSON.parse(record) as { result?: { summary?: unknown; tokensBefore?: unknown } }).result;
  return JSON.stringify({
    role: "compactionSummary",
    summary: result?.summary ?? "",
    tokensBefore: result?.tokensBefore,
  });
}
