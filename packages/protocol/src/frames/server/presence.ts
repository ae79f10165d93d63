import Type from "typebox";
import { SessionId } from "../common.ts";

/** Who is attached to a session now. */
export const Presence = Type.Object({
  type: Type.Literal("presence"),
  session: SessionId,
  clients: Type.Array(Type.Object({ device: Type.String(), client: Type.String() })),
});
export type Presence = Type.Static<typeof Presence>;
