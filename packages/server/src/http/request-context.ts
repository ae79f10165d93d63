import type { Scope } from "@pier/protocol";
import type { Accepted, Device } from "../auth/index.ts";

/** What a route asks of its caller; `public` asks nothing. */
export type RouteScope = Scope | "public";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route has to say it. */
    scope?: RouteScope;
  }
  interface FastifyInstance {
    /** Every route there is, for tests and the reference. */
    routeList: { method: string; url: string; scope: RouteScope }[];
  }
  interface FastifyRequest {
    /** Where the request comes from; set before anything else happens. */
    from: Accepted;
    /** Who sent it; null on public routes. */
    device: Device | null;
    /** What it is about, for the audit log, where its path does not tell. */
    target: string | null;
    /** The code of the error it was answered with. */
    failure: string | null;
  }
}
