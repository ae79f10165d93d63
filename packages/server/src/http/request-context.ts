import type { Scope } from "@pier/protocol";
import type { TSchema } from "typebox";
import type { Accepted, Device } from "../auth/index.ts";

/** What a route asks of its caller; `public` asks nothing. */
export type RouteScope = Scope | "public";

/** A route as it is declared. */
export interface Route {
  method: string;
  /** With `:name` for what varies. */
  url: string;
  scope: RouteScope;
  /** What it takes: its path, its query, its body. */
  schema: { params?: TSchema; querystring?: TSchema; body?: TSchema };
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route has to say it. */
    scope?: RouteScope;
    /** Its body is a form with files, and nothing else; JSON when it is not said. */
    multipart?: true;
  }
  interface FastifyInstance {
    /** Every route there is, for tests and the reference. */
    routeList: Route[];
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
