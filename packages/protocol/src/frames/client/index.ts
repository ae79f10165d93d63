import type { Static, TSchema } from "typebox";
import type { Scope } from "../../scopes.ts";
import { Attach } from "./attach.ts";
import { Command } from "./command.ts";
import { Detach } from "./detach.ts";
import { ExtensionUiResponse } from "./extension-ui-response.ts";
import { Hello } from "./hello.ts";
import { History } from "./history.ts";
import { Look } from "./look.ts";
import { Ping } from "./ping.ts";
import { Unwatch } from "./unwatch.ts";
import { Watch } from "./watch.ts";

interface ClientFrameSpec {
  schema: TSchema;
  /** What the device must hold; `none` for what comes before or without a session. Commands add their own. */
  scope: Scope | "none";
}

/** Every frame a client may send, with what it needs. */
export const clientFrames = {
  hello: { schema: Hello, scope: "none" },
  attach: { schema: Attach, scope: "read" },
  detach: { schema: Detach, scope: "read" },
  look: { schema: Look, scope: "read" },
  command: { schema: Command, scope: "read" },
  extension_ui_response: { schema: ExtensionUiResponse, scope: "prompt" },
  history: { schema: History, scope: "read" },
  watch: { schema: Watch, scope: "read" },
  unwatch: { schema: Unwatch, scope: "read" },
  ping: { schema: Ping, scope: "none" },
} as const satisfies Record<string, ClientFrameSpec>;

export type ClientFrameType = keyof typeof clientFrames;
export type ClientFrame = { [T in ClientFrameType]: Static<(typeof clientFrames)[T]["schema"]> }[ClientFrameType];
