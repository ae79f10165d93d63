import { replaceMembers } from "@pier/protocol";

/** Frames that carry records of pi: built from text, so that the records pass through as they were written. */
export function eventsFrame(session: string, seq: number, texts: readonly string[]): string {
  const head = `"session":${JSON.stringify(session)},"seq":${seq}`;
  return texts.length === 1
    ? `{"type":"event",${head},"payload":${texts[0]}}`
    : `{"type":"events",${head},"payloads":[${texts.join(",")}]}`;
}

const requestStart = '{"type":"extension_ui_request",';

/** An `extension_ui_request` frame around pi's record. */
export function uiRequestFrame(session: string, seq: number, text: string, deadline: number | undefined): string {
  const head = `"type":"extension_ui_request","session":${JSON.stringify(session)},"seq":${seq}${
    deadline === undefined ? "" : `,"deadline":${deadline}`
  }`;
  return text.startsWith(requestStart)
    ? `{${head},${text.slice(requestStart.length)}`
    : replaceMembers(text, ["type", "session", "seq", "deadline"], head);
}

/**
 * A `reply` frame around pi's response, with the client's own id in place of the daemon's.
 *
 * @param id the client's id as JSON text; null when it gave none.
 */
export function replyFrame(session: string, text: string, wireId: string, id: string | null): string {
  return `{"type":"reply","session":${JSON.stringify(session)},"payload":${withId(text, wireId, id)}}`;
}

/** A response of pi with another id, or with none. */
export function withId(text: string, wireId: string, id: string | null): string {
  const member = id === null ? "" : `"id":${id},`;
  const start = `{"id":${JSON.stringify(wireId)},`;
  // pi writes the id first; a reply may be megabytes long, so it is not taken apart when that holds.
  if (text.startsWith(start)) return `{${member}${text.slice(start.length)}`;
  return replaceMembers(text, ["id"], member.slice(0, -1));
}

/**
 * A command of a client as a line for pi, with the daemon's id in place of the client's. A line feed is legal between
 * the tokens of JSON, but pi would take what follows it for a command of its own, past scopes and ids.
 */
export function commandLine(commandText: string, wireId: string): string {
  const command = replaceMembers(commandText, ["id"], `"id":${JSON.stringify(wireId)}`);
  return `${command.replace(/[\n\r]/g, " ")}\n`;
}
