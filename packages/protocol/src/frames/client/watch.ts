import Type from "typebox";

/** Subscribes to the list of sessions and to who needs somebody. */
export const Watch = Type.Object({ type: Type.Literal("watch"), topic: Type.Literal("sessions") });
export type Watch = Type.Static<typeof Watch>;
