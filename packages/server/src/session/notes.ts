import type { Payload } from "@pier/protocol";
import type { Note } from "./journal-record.ts";

const prefix = "pier:";

/** A note as a command line for pi, without its line feed. */
export function noteLine(note: Note): string {
  const text = JSON.stringify(prefix + JSON.stringify(note));
  // Older versions repeat only the type of an unknown command, newer ones its id as well.
  return `{"id":${text},"type":${text}}`;
}

/** The note that a `response` record echoes; undefined for any other response. */
export function parseNote(response: Payload): Note | undefined {
  const { command } = response;
  if (typeof command !== "string" || !command.startsWith(prefix) || response.success !== false) return undefined;
  try {
    const note = JSON.parse(command.slice(prefix.length)) as Note | null;
    return typeof note === "object" && note !== null && typeof note.note === "string" ? note : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a client's command type would be taken for a note. */
export function isNoteType(type: string): boolean {
  return type.startsWith(prefix);
}
