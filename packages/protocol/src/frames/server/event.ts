import Type from "typebox";
import { Payload, SessionId } from "../common.ts";

/** One record of pi, byte for byte as pi wrote it where the client asked for no coalescing. */
export const Event = Type.Object({
  type: Type.Literal("event"),
  session: SessionId,
  seq: Type.Integer({ minimum: 0 }),
  payload: Payload,
});
export type Event = Type.Static<typeof Event>;
