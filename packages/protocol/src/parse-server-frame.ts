import type { ServerFrame, ServerFrameType } from "./frames/server/index.ts";
import { PierError } from "./pier-error.ts";

/**
 * The members a client relies on, checked by hand: the schemas would add a validator to every browser that loads
 * the page. A test holds this table against the schemas.
 */
export const requiredMembers: Record<ServerFrameType, readonly string[]> = {
  welcome: ["protocolVersion", "serverId", "serverVersion", "device", "limits", "features", "pi"],
  attached: ["session", "epoch", "seq", "mode", "info", "state", "dialogs", "statuses", "widgets", "title", "queue"],
  detached: ["session"],
  event: ["session", "seq", "payload"],
  events: ["session", "seq", "payloads"],
  reply: ["session", "payload"],
  extension_ui_request: ["session", "seq", "id", "method"],
  extension_ui_resolved: ["session", "id", "reason"],
  history: ["session", "messages"],
  resync: ["session", "reason"],
  sessions: ["full", "sessions", "removed"],
  session: ["session", "info", "offered"],
  presence: ["session", "clients"],
  notice: ["level", "message"],
  error: ["code", "message"],
  pong: [],
};

/**
 * Parses what the daemon sent; `null` for a frame type this version does not know, which a client skips.
 *
 * @throws PierError `BAD_FRAME` when it is not a frame at all.
 */
export function parseServerFrame(text: string): ServerFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PierError("BAD_FRAME", "The server sent something that is not JSON.", { cause });
  }
  if (typeof value !== "object" || value === null)
    throw new PierError("BAD_FRAME", "The server sent something that is no frame.");
  const frame = value as Record<string, unknown>;
  if (typeof frame.type !== "string") throw new PierError("BAD_FRAME", "The server sent a frame without a type.");
  if (!Object.hasOwn(requiredMembers, frame.type)) return null;
  for (const member of requiredMembers[frame.type as ServerFrameType]) {
    if (frame[member] === undefined)
      throw new PierError("BAD_FRAME", `The server sent ${frame.type} without ${member}.`);
  }
  return value as ServerFrame;
}
