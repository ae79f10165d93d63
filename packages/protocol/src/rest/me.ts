import Type from "typebox";
import { scopes } from "../scopes.ts";

const nullableText = Type.Union([Type.String(), Type.Null()]);

/** A device that may come in, as REST shows it. */
export const DeviceRecord = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scope: Type.Enum([...scopes]),
  created_at: Type.String(),
  last_used_at: nullableText,
  last_address: nullableText,
});
export type DeviceRecord = Type.Static<typeof DeviceRecord>;

/** Answer of `GET /api/me`: who asks, and what answers. */
export const Me = Type.Object({
  device: DeviceRecord,
  server: Type.Object({ id: Type.String(), version: Type.String() }),
  pi: Type.Object({ version: Type.Optional(Type.String()), demo: Type.Boolean() }),
});
export type Me = Type.Static<typeof Me>;
