import { PierError, scopeCovers } from "@pier/protocol";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Auth } from "../auth/index.ts";
import type { RouteScope } from "./request-context.ts";
import { securityHeaders } from "./security-headers.ts";

/**
 * Lets a request through or throws: first where it comes from, then who sent it, then what that one may do, then the
 * type of its body.
 *
 * @throws PierError `FORBIDDEN`, `UNAUTHENTICATED`, `RATE_LIMITED`, `UNSUPPORTED_MEDIA_TYPE`
 */
export function guard(auth: Auth, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(securityHeaders);
  const isApi = /^\/api(?:[/?]|$)/.test(request.is404 ? request.url : (request.routeOptions.url ?? request.url));
  if (isApi) reply.header("cache-control", "no-store");
  const { method, headers } = request;
  const from = auth.checkRequest({ method, headers, remoteAddress: request.raw.socket.remoteAddress, upgrade: false });
  if (!from.ok) throw new PierError(from.code, from.message);
  request.from = from;
  // What is not there has no scope of its own; strangers shall not learn which addresses there are.
  const scope = request.is404 ? (isApi ? "read" : "public") : (request.routeOptions.config.scope ?? "admin");
  if (scope !== "public") admit(auth, request, reply, scope);
  checkBodyType(request);
}

function admit(auth: Auth, request: FastifyRequest, reply: FastifyReply, scope: Exclude<RouteScope, "public">): void {
  request.device = auth.authenticate(request.headers, request.from);
  if (!request.device) {
    reply.header("www-authenticate", "Bearer");
    // A browser whose device was revoked should not go on to show what is no credential any more.
    if (request.headers.cookie && request.from.cookies) reply.header("set-cookie", auth.cookie(null, request.from));
    throw new PierError(
      "UNAUTHENTICATED",
      "Sign in first: pair this device with `pier pair`, or send its token as a bearer token.",
    );
  }
  if (!scopeCovers(request.device.scope, scope)) {
    throw new PierError(
      "FORBIDDEN",
      `This needs the scope ${scope}, and this device has ${request.device.scope}: pair it anew.`,
    );
  }
}

/**
 * A form can be sent across sites without asking; JSON cannot. The one route that takes a form relies on what was looked at
 * before: the browser's own word for where a request comes from, without which a cookie does not count.
 */
function checkBodyType({ method, headers, routeOptions }: FastifyRequest): void {
  if (method === "GET" || method === "HEAD") return;
  const type = headers["content-type"];
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (routeOptions.config.multipart) {
    if (type !== undefined && /^multipart\/form-data\s*;/i.test(type)) return;
    throw new PierError(
      "UNSUPPORTED_MEDIA_TYPE",
      "The body must be a form with files: send it as multipart/form-data.",
    );
  }
  if (type === undefined ? !hasBody : /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type)) return;
  throw new PierError("UNSUPPORTED_MEDIA_TYPE", "The body must be JSON: send it as application/json.");
}
