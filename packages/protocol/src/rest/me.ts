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

/** A device in the answer of `GET /api/devices`. */
export const ListedDevice = Type.Object({
  ...DeviceRecord.properties,
  current: Type.Boolean({ description: "whether it is the one that asks" }),
});
export type ListedDevice = Type.Static<typeof ListedDevice>;

/** Answer of `GET /api/me`: who asks, and what answers. */
export const Me = Type.Object({
  device: DeviceRecord,
  server: Type.Object({
    id: Type.String(),
    version: Type.String(),
    hostname: Type.String(),
    home: Type.String({ description: "the home folder, for writing paths with ~" }),
    folder: Type.String({ description: "where a session works that does not say where" }),
  }),
  pi: Type.Object({ version: Type.Optional(Type.String()), demo: Type.Boolean() }),
});
export type Me = Type.Static<typeof Me>;
