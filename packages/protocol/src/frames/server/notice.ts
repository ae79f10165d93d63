import Type from "typebox";

/** Ephemeral news for a person. */
export const Notice = Type.Object({
  type: Type.Literal("notice"),
  session: Type.Optional(Type.String()),
  level: Type.Union([Type.Literal("info"), Type.Literal("warning"), Type.Literal("error")]),
  code: Type.Optional(Type.String()),
  message: Type.String(),
});
export type Notice = Type.Static<typeof Notice>;
