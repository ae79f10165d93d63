import Type from "typebox";

/** Answers `ping`. */
export const Pong = Type.Object({ type: Type.Literal("pong") });
export type Pong = Type.Static<typeof Pong>;
