import Type from "typebox";
import { SessionId } from "../common.ts";

/** A dialog is closed: answered by somebody, or expired. */
export const ExtensionUiResolved = Type.Object({
  type: Type.Literal("extension_ui_resolved"),
  session: SessionId,
  id: Type.String(),
  reason: Type.Union([Type.Literal("answered"), Type.Literal("expired"), Type.Literal("gone")]),
});
export type ExtensionUiResolved = Type.Static<typeof ExtensionUiResolved>;
