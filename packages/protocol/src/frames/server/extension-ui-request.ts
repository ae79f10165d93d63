import Type from "typebox";
import { SessionId } from "../common.ts";

/** A request of an extension: the members of pi's record, `docs/rpc-extension-ui.md`, plus where it stands in the journal. */
export const ExtensionUiRequest = Type.Object({
  type: Type.Literal("extension_ui_request"),
  session: SessionId,
  seq: Type.Integer({ minimum: 0 }),
  id: Type.String(),
  method: Type.String(),
});
export type ExtensionUiRequest = Type.Static<typeof ExtensionUiRequest> & { [member: string]: unknown };
