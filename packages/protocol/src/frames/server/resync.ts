import Type from "typebox";
import { SessionId } from "../common.ts";

/** What the client holds cannot be continued event by event; a new `attached` follows. */
export const Resync = Type.Object({
  type: Type.Literal("resync"),
  session: SessionId,
  reason: Type.Union([
    Type.Literal("slow"),
    Type.Literal("restarted"),
    Type.Literal("switched"),
    Type.Literal("trimmed"),
    Type.Literal("grown"),
  ]),
});
export type Resync = Type.Static<typeof Resync>;
