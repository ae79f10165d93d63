import Type from "typebox";
import { Cursor, SessionId, Window } from "../common.ts";

/** Subscribes the connection to a session; answered by `attached`. */
export const Attach = Type.Object({
  type: Type.Literal("attach"),
  session: SessionId,
  cursor: Type.Optional(Cursor),
  window: Type.Optional(Window),
  /** Whether a person looks at it, until `look` says otherwise; who does not say so counts as looked at. */
  looking: Type.Optional(Type.Boolean()),
});
export type Attach = Type.Static<typeof Attach>;
