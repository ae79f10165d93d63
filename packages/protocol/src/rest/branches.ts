import Type from "typebox";
import { limits } from "../limits.ts";
import { SessionRecord } from "./session-record.ts";

/** A user's message from which a session can be branched. */
export const ForkMessage = Type.Object({
  entry_id: Type.String(),
  text: Type.String({ description: "its beginning, without the list of attached files" }),
  timestamp: Type.Union([Type.String({ description: "ISO 8601" }), Type.Null()]),
  active: Type.Boolean({
    description: "whether it belongs to the conversation as it stands, and to no branch left behind",
  }),
});
export type ForkMessage = Type.Static<typeof ForkMessage>;

/** Body of `POST /api/sessions/{id}/branch`. */
export const BranchSession = Type.Object(
  {
    entry_id: Type.String({ minLength: 1, maxLength: 200 }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: limits.sessionName })),
  },
  { additionalProperties: false },
);
export type BranchSession = Type.Static<typeof BranchSession>;

/** A session that was branched from another one: it goes on before the message, whose text is there to be sent anew. */
export const BranchedSession = Type.Object({ ...SessionRecord.properties, editor_text: Type.String() });
export type BranchedSession = Type.Static<typeof BranchedSession>;
