import Type from "typebox";

/** Answered by `pong`. */
export const Ping = Type.Object({ type: Type.Literal("ping") });
export type Ping = Type.Static<typeof Ping>;
