import { finished } from "node:stream";
import type { HttpApp, HttpParts } from "../http-app.ts";

/** The daemon itself. */
export function daemonRoutes(app: HttpApp, { config }: HttpParts): void {
  app.post("/api/daemon/stop", { config: { scope: "admin" } }, (_, reply) => {
    // Only then, so that the one who asked hears of it; also when they did not wait.
    finished(reply.raw, () => config.onStop());
    return reply.code(202).send({ stopping: true });
  });
}
