import Type from "typebox";
import { limits } from "../../limits.ts";

/** The first frame of a connection, within `limits.helloTimeout`. */
export const Hello = Type.Object({
  type: Type.Literal("hello"),
  protocolVersion: Type.Integer({ description: "2 for this protocol" }),
  clientId: Type.String({
    minLength: 1,
    maxLength: 100,
    description: "the same over reconnects: commands are recognised by it",
  }),
  client: Type.Optional(
    Type.Object({ name: Type.String({ maxLength: 100 }), version: Type.String({ maxLength: 100 }) }),
  ),
  auth: Type.Optional(Type.Object({ token: Type.String({ maxLength: 200 }) })),
  coalesce: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: limits.coalesce,
      description: "ms within which neighbouring deltas are joined; 0 for none",
    }),
  ),
});
export type Hello = Type.Static<typeof Hello>;
