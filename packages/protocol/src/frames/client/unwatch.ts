import Type from "typebox";

/** Ends a `watch`. */
export const Unwatch = Type.Object({ type: Type.Literal("unwatch"), topic: Type.Literal("sessions") });
export type Unwatch = Type.Static<typeof Unwatch>;
