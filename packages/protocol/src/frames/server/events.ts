import Type from "typebox";
import { Payload, SessionId } from "../common.ts";

/** Several records at once; `seq` is the last one's. */
export const Events = Type.Object({
  type: Type.Literal("events"),
  session: SessionId,
  seq: Type.Integer({ minimum: 0 }),
  payloads: Type.Array(Payload),
});
export type Events = Type.Static<typeof Events>;
