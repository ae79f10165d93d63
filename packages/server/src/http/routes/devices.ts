import type { DeviceRecord, Me } from "@pier/protocol";
import Type from "typebox";
import type { Device } from "../../auth/index.ts";
import type { HttpApp, HttpParts } from "../http-app.ts";
import { signedIn } from "../signed-in.ts";

const DevicePath = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const RevokeQuery = Type.Object({ force: Type.Optional(Type.Boolean()) });

/** Who is signed in, and the devices that may be. */
export function deviceRoutes(app: HttpApp, { auth, serverId, version, machine, piInfo, config }: HttpParts): void {
  app.get("/api/me", { config: { scope: "read" } }, (request): Me => ({
    device: toDeviceRecord(signedIn(request)),
    server: { id: serverId, version, ...machine },
    pi: piInfo(),
  }));

  app.post("/api/logout", { config: { scope: "read" } }, (request, reply) => {
    auth.revoke(signedIn(request).id);
    reply.header("set-cookie", auth.cookie(null, request.from));
    // Under a prefix the origin is shared, and others' data must stay.
    if (config.basePath === "") reply.header("clear-site-data", '"cache", "storage"');
    return reply.code(204).send();
  });

  app.get("/api/devices", { config: { scope: "admin" } }, (request) =>
    auth.devices().map((device) => ({ ...toDeviceRecord(device), current: device.id === request.device?.id })),
  );

  app.delete(
    "/api/devices/:id",
    { config: { scope: "admin" }, schema: { params: DevicePath, querystring: RevokeQuery } },
    ({ params: { id }, query: { force = false } }, reply) => {
      auth.revoke(id, { force });
      return reply.code(204).send();
    },
  );
}

function toDeviceRecord(device: Device): DeviceRecord {
  return {
    id: device.id,
    name: device.name,
    scope: device.scope,
    created_at: new Date(device.createdAt).toISOString(),
    last_used_at: device.lastUsedAt === null ? null : new Date(device.lastUsedAt).toISOString(),
    last_address: device.lastAddress,
  };
}
