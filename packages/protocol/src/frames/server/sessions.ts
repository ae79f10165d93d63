import Type from "typebox";
import { SessionInfo } from "../../records/session-info.ts";

/**
 * The list of sessions: the whole once (`full`), then what changed. `piRevision` is another number whenever sessions of plain
 * pi came, changed or went: those are listed over REST.
 */
export const Sessions = Type.Object({
  type: Type.Literal("sessions"),
  full: Type.Boolean(),
  sessions: Type.Array(SessionInfo),
  removed: Type.Array(Type.String()),
  piRevision: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type Sessions = Type.Static<typeof Sessions>;
