import Type from "typebox";
import { SessionId, Window } from "../common.ts";

/** Asks for the page that ends just before `before`, a value from `attached` or an earlier `history`. */
export const History = Type.Object({
  type: Type.Literal("history"),
  session: SessionId,
  before: Type.String({ minLength: 1, maxLength: 100 }),
  window: Type.Optional(Window),
});
export type History = Type.Static<typeof History>;
