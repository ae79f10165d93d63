import Type from "typebox";
import { scopes } from "../scopes.ts";

/** Answer of `POST /api/pairing`: what lets one device in, once. */
export const PairingRecord = Type.Object({
  code: Type.String({ description: "to type: `ABCD-EFGH`" }),
  secret: Type.String(),
  scope: Type.Enum([...scopes]),
  links: Type.Array(Type.String(), { description: "addresses with the secret in their fragment, the likeliest first" }),
  expires_at: Type.String({ description: "ISO 8601" }),
});
export type PairingRecord = Type.Static<typeof PairingRecord>;
