import type { Static, TSchema } from "typebox";
import { Attached } from "./attached.ts";
import { Detached } from "./detached.ts";
import { ErrorFrame } from "./error.ts";
import { Event } from "./event.ts";
import { Events } from "./events.ts";
import { type ExtensionUiRequest as ExtensionUiRequestFrame, ExtensionUiRequest } from "./extension-ui-request.ts";
import { ExtensionUiResolved } from "./extension-ui-resolved.ts";
import { HistoryPage } from "./history.ts";
import { Notice } from "./notice.ts";
import { Pong } from "./pong.ts";
import { Presence } from "./presence.ts";
import { Reply } from "./reply.ts";
import { Resync } from "./resync.ts";
import { Session } from "./session.ts";
import { Sessions } from "./sessions.ts";
import { Welcome } from "./welcome.ts";

/** Every frame the daemon may send. */
export const serverFrames = {
  welcome: Welcome,
  attached: Attached,
  detached: Detached,
  event: Event,
  events: Events,
  reply: Reply,
  extension_ui_request: ExtensionUiRequest,
  extension_ui_resolved: ExtensionUiResolved,
  history: HistoryPage,
  resync: Resync,
  sessions: Sessions,
  session: Session,
  presence: Presence,
  notice: Notice,
  error: ErrorFrame,
  pong: Pong,
} as const satisfies Record<string, TSchema>;

export type ServerFrameType = keyof typeof serverFrames;
type PlainFrame = {
  [T in Exclude<ServerFrameType, "extension_ui_request">]: Static<(typeof serverFrames)[T]>;
}[Exclude<ServerFrameType, "extension_ui_request">];
export type ServerFrame = PlainFrame | ExtensionUiRequestFrame;
