import Type from "typebox";
import { SessionId } from "../common.ts";

/** Answers `detach`, and tells that a session was deleted: no more events of it will come. */
export const Detached = Type.Object({
  type: Type.Literal("detached"),
  session: SessionId,
  reason: Type.Optional(Type.String()),
});
export type Detached = Type.Static<typeof Detached>;
