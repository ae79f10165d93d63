import Type from "typebox";
import { Cursor, SessionId, Window } from "../common.ts";

/** Subscribes the connection to a session; answered by `attached`. */
export const Attach = Type.Object({
  type: Type.Literal("attach"),
  session: SessionId,
  cursor: Type.Optional(Cursor),
  window: Type.Optional(Window),
});
export type Attach = Type.Static<typeof Attach>;
