import type { ServerFrame } from "@pier/protocol";

type SessionFrameType =
  | "attached"
  | "event"
  | "events"
  | "extension_ui_request"
  | "extension_ui_resolved"
  | "history"
  | "presence"
  | "resync"
  | "session";

/** A frame that says something about one session's transcript. */
export type SessionFrame = Extract<ServerFrame, { type: SessionFrameType }>;
