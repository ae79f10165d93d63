import { jsonElements, rawMember, replaceMembers, type SessionInfo } from "@pier/protocol";
import { sessionState } from "./messages.ts";

/** What a frame that the session sends to everyone means to a client of piface: messages, or the end of the session. */
export type Translated = { messages: string[] } | { gone: string };

/** Translates a frame of version 2; most kinds have no place here. */
export function translateFrame(frame: string): Translated {
  switch (/^\{"type":"(\w+)"/.exec(frame)?.[1]) {
    case "event":
      return { messages: [rawMember(frame, "payload") ?? "null"].filter(isOfPi) };
    case "events":
      return { messages: jsonElements(rawMember(frame, "payloads") ?? "[]").filter(isOfPi) };
    case "extension_ui_request":
      return {
        messages: [replaceMembers(frame, ["type", "session", "seq", "deadline"], '"type":"extension_ui_request"')],
      };
    case "session":
      return { messages: [sessionState((JSON.parse(frame) as { info: SessionInfo }).info)] };
    case "detached":
      return { gone: (JSON.parse(frame) as { reason: string }).reason };
    default:
      return { messages: [] };
  }
}

/** Replies for everyone are the daemon's own affair, and so are its own events: a reply is its asker's. */
function isOfPi(payload: string): boolean {
  const { type } = JSON.parse(payload) as { type: string };
  return type !== "response" && !type.startsWith("pier_");
}
