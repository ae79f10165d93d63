import Type from "typebox";
import { limits } from "../../limits.ts";
import { SessionId } from "../common.ts";

/** Any RPC command of pi. Its `id` comes back in the reply; a prompt, steer or follow_up sent again with the same `id` is the same command. */
export const Command = Type.Object({
  type: Type.Literal("command"),
  session: SessionId,
  payload: Type.Object({
    type: Type.String({ minLength: 1, maxLength: 100 }),
    id: Type.Optional(Type.Union([Type.String({ maxLength: limits.commandId }), Type.Number()])),
  }),
});
export type Command = Type.Static<typeof Command>;
