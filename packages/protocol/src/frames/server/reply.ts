import Type from "typebox";
import { SessionId } from "../common.ts";

/** pi's `response` to a command of this connection, with the command's own `id`. */
export const Reply = Type.Object({
  type: Type.Literal("reply"),
  session: SessionId,
  payload: Type.Object({
    type: Type.Literal("response"),
    id: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    command: Type.String(),
    success: Type.Boolean(),
    data: Type.Optional(Type.Unknown()),
    error: Type.Optional(Type.String()),
    code: Type.Optional(Type.String({ description: "set when the daemon answered in pi's place" })),
  }),
});
export type Reply = Type.Static<typeof Reply>;
