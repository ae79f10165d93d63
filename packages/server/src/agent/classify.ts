import type { Payload } from "@pier/protocol";
import type { Classified, JournalRecord, PublicRecord } from "../session/journal-record.ts";
import { parseNote } from "../session/notes.ts";
import { wireIdKind } from "../session/wire-id.ts";
import { normaliseUpdate } from "./normalise-update.ts";
import { hasSettled } from "./pi-version.ts";

/**
 * What a record of pi means, the same for every version of pi: this is the one place where versions differ. The answer
 * depends on the record alone, so a replay from anywhere in a journal says the same.
 */
export function classifierFor(piVersion: string | null): (record: JournalRecord) => Classified {
  const settles = hasSettled(piVersion);
  return (record) => classify(record, settles);
}

function classify(record: JournalRecord, settles: boolean): Classified {
  const { value } = record;
  switch (value.type) {
    case "message_update":
      return { kind: "events", records: [normaliseUpdate(record)] };
    case "response":
      return response(record, value);
    case "extension_ui_request":
      return { kind: "ui", record };
    case "auto_retry_end":
      // Given up while it waited for its next attempt: older versions say nothing more.
      return { kind: "events", records: settles || value.success === true ? [record] : [record, settled] };
    case "agent_end":
      return { kind: "events", records: settles || value.willRetry === true ? [record] : [record, settled] };
    default:
      return { kind: "events", records: [record] };
  }
}

/** Versions before 0.80.4 do not say that nothing will follow. When a retry follows after all, its start says so. */
const settled: PublicRecord = { text: '{"type":"agent_settled"}', value: { type: "agent_settled" } };

function response(record: JournalRecord, value: Payload): Classified {
  const note = parseNote(value);
  if (note) return { kind: "note", note };
  if (typeof value.id !== "string") {
    // An error about a line that was torn, or the answer of an old version to a command it does not know.
    return value.command === "parse" ? { kind: "private" } : { kind: "reply", id: "", record, forEveryone: false };
  }
  const kind = wireIdKind(value.id);
  return {
    kind: "reply",
    id: value.id,
    record,
    forEveryone: kind === "state" || (kind === "bash" && value.command === "bash"),
  };
}
