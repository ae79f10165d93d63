import Type from "typebox";
import { SessionInfo } from "../../records/session-info.ts";

/** The list of sessions: the whole once (`full`), then what changed. */
export const Sessions = Type.Object({
  type: Type.Literal("sessions"),
  full: Type.Boolean(),
  sessions: Type.Array(SessionInfo),
  removed: Type.Array(Type.String()),
});
export type Sessions = Type.Static<typeof Sessions>;
