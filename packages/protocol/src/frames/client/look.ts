import Type from "typebox";
import { SessionId } from "../common.ts";

/** Whether a person looks at the end of an attached session now: a turn that ends while nobody does is unread. */
export const Look = Type.Object({ type: Type.Literal("look"), session: SessionId, looking: Type.Boolean() });
export type Look = Type.Static<typeof Look>;
