import Type from "typebox";
import { SessionId } from "../common.ts";

/** Ends the subscription; the session goes on. */
export const Detach = Type.Object({ type: Type.Literal("detach"), session: SessionId });
export type Detach = Type.Static<typeof Detach>;
