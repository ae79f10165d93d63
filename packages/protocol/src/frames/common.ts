import Type from "typebox";
import { limits } from "../limits.ts";

/** A place in a session's journal: `seq` is the byte offset after the last record applied, `epoch` names the journal. */
export const Cursor = Type.Object({
  epoch: Type.String({ minLength: 1, maxLength: 100 }),
  seq: Type.Integer({ minimum: 0 }),
});
export type Cursor = Type.Static<typeof Cursor>;

/** How much of a transcript is wanted; the daemon never sends more than its own limits. */
export const Window = Type.Object({
  messages: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.windowMessages })),
  bytes: Type.Optional(Type.Integer({ minimum: 1024, maximum: limits.windowMax })),
});
export type Window = Type.Static<typeof Window>;

/** A record of pi: an object with a `type`, otherwise as pi wrote it. */
export const Payload = Type.Object({ type: Type.String({ minLength: 1, maxLength: 200 }) });
export interface Payload {
  type: string;
  [member: string]: unknown;
}

export const SessionId = Type.String({ minLength: 1, maxLength: 100 });
