import Type from "typebox";

/** The `:id` of a session in a path. */
export const SessionPath = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });
