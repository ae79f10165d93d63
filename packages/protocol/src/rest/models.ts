import Type from "typebox";

/** One model in the answer of `GET /api/models`: pi can use it. */
export const ModelRecord = Type.Object({
  provider: Type.String(),
  id: Type.String(),
  name: Type.Optional(Type.String()),
  reasoning: Type.Optional(Type.Boolean({ description: "whether it can think" })),
  thinking_levels: Type.Optional(Type.Array(Type.String(), { description: "what pi offers for it" })),
  default: Type.Optional(Type.Literal(true, { description: "pi takes it where none is chosen" })),
});
export type ModelRecord = Type.Static<typeof ModelRecord>;
