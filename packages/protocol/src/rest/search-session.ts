import Type from "typebox";
import { limits } from "../limits.ts";

/** Query of `GET /api/sessions/{id}/search`. */
export const SearchSession = Type.Object({
  query: Type.String({ minLength: 1, maxLength: limits.searchQuery, pattern: String.raw`\S` }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.foundMessages })),
  before: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: "goes on before this place, the end without it" }),
  ),
});
export type SearchSession = Type.Static<typeof SearchSession>;

/** A message in which something was found. */
export const FoundMessage = Type.Object({
  key: Type.String(),
  role: Type.String(),
  snippet: Type.String({ description: "the first place of the message, with what stands around it" }),
  before: Type.Optional(
    Type.String({ description: "names the page of the history that ends with this message; the last page without it" }),
  ),
});
export type FoundMessage = Type.Static<typeof FoundMessage>;

/** What was found in a session, the newest message first. */
export const FoundMessages = Type.Object({
  matches: Type.Array(FoundMessage),
  truncated: Type.Boolean({ description: "there may be more" }),
  before: Type.Optional(Type.String({ description: "where to go on" })),
});
export type FoundMessages = Type.Static<typeof FoundMessages>;
