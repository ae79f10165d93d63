import { jsonElements, rawMember, replaceMembers } from "@pier/protocol";
import { adaptRequest } from "./adapt-request.ts";

/** Something for a client of version 1, not numbered yet. Texts are records of pi, as pi wrote them. */
export type Outgoing =
  | Numbered
  /** A dialog ran out of time. */
  | { kind: "expired"; id: string }
  /** Nothing is left of the session. */
  | { kind: "gone"; reason: string };

export type Sendable = Exclude<Outgoing, { kind: "gone" }>;

export interface Numbered {
  kind: "event" | "request";
  text: string;
}

/** What a frame of version 2 that the session sends to everyone means in version 1; most of them have no place in it. */
export function translateFrame(frame: string): Outgoing[] {
  const type = /^\{"type":"(\w+)"/.exec(frame)?.[1];
  switch (type) {
    case "event":
      return events([member(frame, "payload")]);
    case "events":
      return events(jsonElements(member(frame, "payloads")));
    case "extension_ui_request": {
      // What version 2 put before pi's members goes; `seq` is this connection's own.
      const record = replaceMembers(frame, ["type", "session", "seq", "deadline"], '"type":"extension_ui_request"');
      return [{ kind: "request", text: adaptRequest(record) }];
    }
    case "extension_ui_resolved": {
      const { id, reason } = JSON.parse(frame) as { id: string; reason: string };
      return reason === "expired" ? [{ kind: "expired", id }] : [];
    }
    case "detached":
      return [{ kind: "gone", reason: (JSON.parse(frame) as { reason: string }).reason }];
    default:
      return [];
  }
}

function events(payloads: readonly string[]): Outgoing[] {
  return payloads.filter(isOfPi).map((text) => ({ kind: "event", text }));
}

/** Replies for everyone are the daemon's own affair, and so are its own events; in version 1 a reply is its asker's. */
function isOfPi(payload: string): boolean {
  const { type } = JSON.parse(payload) as { type: string };
  return type !== "response" && !type.startsWith("pier_");
}

function member(frame: string, key: string): string {
  return rawMember(frame, key) ?? "[]";
}
