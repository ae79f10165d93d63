import Type from "typebox";
import { httpLimits } from "../../limits.ts";
import type { HttpApp, HttpParts } from "../http-app.ts";

const AuditQuery = Type.Object({
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: httpLimits.auditEntries })),
});

/** Who did what from where, newest first. */
export function auditRoutes(app: HttpApp, { audit }: HttpParts): void {
  app.get(
    "/api/audit",
    { config: { scope: "admin" }, schema: { querystring: AuditQuery } },
    ({ query: { count = 100 } }) =>
      audit.read(count).map(({ deviceName, target, ...entry }) => ({
        ...entry,
        device_name: deviceName ?? null,
        target: target ?? null,
      })),
  );
}
