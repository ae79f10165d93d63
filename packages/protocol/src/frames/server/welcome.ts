import Type from "typebox";

/** Answers an accepted `hello`. */
export const Welcome = Type.Object({
  type: Type.Literal("welcome"),
  protocolVersion: Type.Literal(2),
  serverId: Type.String({ description: "the same over restarts of the daemon" }),
  serverVersion: Type.String(),
  device: Type.Object({
    id: Type.String(),
    name: Type.String(),
    scope: Type.Union([Type.Literal("read"), Type.Literal("prompt"), Type.Literal("admin")]),
  }),
  limits: Type.Record(Type.String(), Type.Number()),
  features: Type.Array(Type.String()),
  pi: Type.Object({ version: Type.Optional(Type.String()), demo: Type.Boolean() }),
});
export type Welcome = Type.Static<typeof Welcome>;
