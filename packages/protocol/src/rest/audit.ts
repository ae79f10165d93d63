import Type from "typebox";

const nullableText = Type.Union([Type.String(), Type.Null()]);

/** One line in the answer of `GET /api/audit`: who did what from where. */
export const AuditLine = Type.Object({
  at: Type.String({ description: "ISO 8601" }),
  device: nullableText,
  device_name: nullableText,
  address: Type.String(),
  action: Type.String(),
  target: nullableText,
  outcome: Type.String({ description: "ok, or the code of the error" }),
});
export type AuditLine = Type.Static<typeof AuditLine>;
