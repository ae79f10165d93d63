import Type from "typebox";

/** A protocol error; never one of pi's. `re` names the type of the frame it answers. */
export const ErrorFrame = Type.Object({
  type: Type.Literal("error"),
  code: Type.String(),
  message: Type.String(),
  session: Type.Optional(Type.String()),
  re: Type.Optional(Type.String()),
});
export type ErrorFrame = Type.Static<typeof ErrorFrame>;
