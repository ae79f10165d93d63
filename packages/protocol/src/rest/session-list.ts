import Type from "typebox";
import { limits } from "../limits.ts";

/** Query of `GET /api/sessions`. Without one it lists all; `X-Total-Count` says how many fit. */
export const ListSessions = Type.Object({
  status: Type.Optional(Type.Enum(["live", "closed"])),
  origin: Type.Optional(
    Type.Enum(["pier", "pi"], { description: "pier: started or taken over here; pi: of plain pi on this machine" }),
  ),
  query: Type.Optional(
    Type.String({
      maxLength: limits.searchQuery,
      description: "words that must all stand in the name, the folder or the last line",
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.listedSessions })),
  offset: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ListSessions = Type.Static<typeof ListSessions>;
