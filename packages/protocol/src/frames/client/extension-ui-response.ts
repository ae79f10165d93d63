import Type from "typebox";
import { SessionId } from "../common.ts";

/** Answers a dialog with exactly one of `value`, `confirmed` and `cancelled`; the first answer wins. */
export const ExtensionUiResponse = Type.Object({
  type: Type.Literal("extension_ui_response"),
  session: SessionId,
  id: Type.String({ minLength: 1, maxLength: 200 }),
  value: Type.Optional(Type.String()),
  confirmed: Type.Optional(Type.Boolean()),
  cancelled: Type.Optional(Type.Literal(true)),
});
export type ExtensionUiResponse = Type.Static<typeof ExtensionUiResponse>;
