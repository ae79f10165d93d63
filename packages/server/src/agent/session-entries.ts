import { type AgentMessage, isHiddenMessage, rawMember } from "@pier/protocol";

/** A line of a session file, as far as the tree needs it. */
export interface EntryHead {
  type: string;
  id?: string;
  parentId?: string | null;
}

/** Entries that pi itself does not show in a conversation. */
const hidden = new Set([
  "session",
  "model_change",
  "thinking_level_change",
  "session_info",
  "label",
  "custom",
  "usage",
  "context_edit",
]);

/** Whether an entry is an item of the transcript. */
export function isShownEntry(entry: EntryHead & { message?: AgentMessage; display?: unknown }): boolean {
  if (hidden.has(entry.type)) return false;
  if (entry.type === "message") return typeof entry.message?.role === "string" && !isHiddenMessage(entry.message);
  return entry.display !== false;
}

/** The message of a shown entry as JSON text; a stored message passes through as pi wrote it. Never throws. */
export function entryMessage(line: string): { entry?: string; text: string } {
  const entry = parseEntry(line);
  // Another program wrote over the file since the line was found.
  if (!entry) return { text: '{"role":"entry","entry":{"type":"unreadable"}}' };
  const id = typeof entry.id === "string" ? { entry: entry.id } : {};
  const timestamp = typeof entry.timestamp === "string" ? Date.parse(entry.timestamp) : undefined;
  switch (entry.type) {
    case "message":
      return { ...id, text: rawMember(line, "message") ?? "null" };
    case "compaction":
      return {
        ...id,
        text: JSON.stringify({
          role: "compactionSummary",
          summary: entry.summary,
          tokensBefore: entry.tokensBefore,
          timestamp,
        }),
      };
    case "branch_summary":
      return {
        ...id,
        text: JSON.stringify({ role: "branchSummary", summary: entry.summary, fromId: entry.fromId, timestamp }),
      };
    case "custom_message": {
      const { customType, content, display, details } = entry;
      return { ...id, text: JSON.stringify({ role: "custom", customType, content, display, details, timestamp }) };
    }
    default:
      return { ...id, text: JSON.stringify({ role: "entry", entry, timestamp }) };
  }
}

/** A line as an entry; undefined when it is none: torn, or no object with a type. */
export function parseEntry(line: string): (EntryHead & Record<string, unknown>) | undefined {
  try {
    const entry = JSON.parse(line) as (EntryHead & Record<string, unknown>) | null;
    return typeof entry === "object" && entry !== null && typeof entry.type === "string" ? entry : undefined;
  } catch {
    return undefined;
  }
}
