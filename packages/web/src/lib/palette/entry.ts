import type { FoundMessage, SessionInfo, SessionRecord } from "@pier/protocol";
import { sessionFolder, sessionLine, sessionTitle } from "#lib/pier/session-text.ts";
import { folderText } from "#lib/ui/folder-text.ts";
import { type MarkState, markOf } from "#lib/ui/mark-state.ts";
import type { Action } from "./actions.svelte.ts";

/** A session as the palette shows it. */
export interface SessionEntry {
  kind: "session";
  id: string;
  title: string;
  line: string;
  folder: string;
  mark: { state: MarkState; label: string };
  /** When it was last active, in ms since 1970. */
  time: number;
}

export interface MessageEntry {
  kind: "message";
  session: { id: string; title: string };
  message: FoundMessage;
  time: number;
}

/** What the palette leads to. */
export type Entry = { kind: "action"; action: Action } | SessionEntry | MessageEntry;

/** Names an entry for as long as the palette is open. */
export function entryKey(entry: Entry): string {
  if (entry.kind === "action") return `action:${entry.action.id}`;
  return entry.kind === "session" ? `session:${entry.id}` : `message:${entry.session.id}:${entry.message.key}`;
}

export function sessionEntry(info: SessionInfo, home: string | undefined): SessionEntry {
  return {
    kind: "session",
    id: info.id,
    title: sessionTitle(info),
    line: sessionLine(info),
    folder: folderText(sessionFolder(info), home),
    mark: markOf(info),
    time: info.lastActiveAt,
  };
}

/** The same of what REST tells, for sessions that are not on the list: those of plain pi. */
export function recordEntry(record: SessionRecord, home: string | undefined): SessionEntry {
  const named = { ...(record.name && { name: record.name }), ...(record.preview && { preview: record.preview }) };
  return {
    kind: "session",
    id: record.id,
    title: sessionTitle(named),
    line: sessionLine(named),
    folder: folderText(record.worktree?.repository ?? record.working_dir, home),
    mark: { state: "parked", label: "Closed" },
    time: Date.parse(record.last_active_at),
  };
}
