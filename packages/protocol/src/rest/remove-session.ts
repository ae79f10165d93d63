import Type from "typebox";

/** Query of `DELETE /api/sessions/{id}`. */
export const RemoveSession = Type.Object({
  permanent: Type.Optional(Type.Boolean({ description: "deletes the file instead of moving it to the trash" })),
});

/** What became of a deleted session. */
export const RemovedSession = Type.Object({
  id: Type.String(),
  file: Type.Enum(["trashed", "deleted", "kept", "none"], {
    description:
      "of the session file. deleted: asked for, or there is no trash; kept: it is another session's too, or none of pi",
  }),
  trashed_to: Type.Union([Type.String(), Type.Null()]),
  message: Type.String({ description: "the same as a sentence" }),
});
export type RemovedSession = Type.Static<typeof RemovedSession>;
