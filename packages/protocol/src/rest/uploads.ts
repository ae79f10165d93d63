import Type from "typebox";

/** A file that was attached to a session. */
export const UploadRecord = Type.Object({
  id: Type.String({ description: "for pier_upload_ids of a prompt" }),
  name: Type.String({
    description: "its name on disk: the one it was sent under, without what does not belong in one",
  }),
  size: Type.Integer({ description: "bytes" }),
  mime_type: Type.String(),
  sha256: Type.String({ description: "of its content, in hexadecimal digits" }),
  used: Type.Boolean({ description: "whether a prompt names it: then it stays as long as the session" }),
});
export type UploadRecord = Type.Static<typeof UploadRecord>;
