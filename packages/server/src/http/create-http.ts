import Fastify, { type FastifyReply, type FastifyRequest, LogController } from "fastify";
import { RateLimited } from "../auth/index.ts";
import { httpLimits } from "../limits.ts";
import { parseBasePath, slashRoute, stripBasePath } from "./base-path.ts";
import { limitBodyTime } from "./body-time.ts";
import { createServer } from "./create-server.ts";
import { statusOf, toErrorAnswer } from "./error-answer.ts";
import { guard } from "./guard.ts";
import type { HttpApp, HttpParts } from "./http-app.ts";
import { recordRequest } from "./record-requests.ts";
import type { Route } from "./request-context.ts";
import { auditRoutes } from "./routes/audit.ts";
import { branchRoutes } from "./routes/branches.ts";
import { daemonRoutes } from "./routes/daemon.ts";
import { deviceRoutes } from "./routes/devices.ts";
import { fileRoutes } from "./routes/files.ts";
import { openApiRoutes } from "./routes/openapi.ts";
import { pairingRoutes } from "./routes/pairing.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { transcriptRoutes } from "./routes/transcript.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import { workspaceRoutes } from "./routes/workspace.ts";
import { validatorCompiler } from "./validation.ts";
import { webAssets } from "./web-assets.ts";

/**
 * The HTTP side of the daemon, not listening yet. Add routes before it is ready; each has to say its scope.
 *
 * @throws PierError `BAD_REQUEST` for a base path that does not fit
 */
export function createHttp(given: HttpParts): HttpApp {
  const basePath = parseBasePath(given.config.basePath);
  const parts: HttpParts = { ...given, config: { ...given.config, basePath } };
  const app: HttpApp = Fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: httpLimits.body,
    requestIdHeader: false,
    rewriteUrl: ({ url = "/" }) => stripBasePath(url, basePath),
    // Ours are set below; without these fastify would load its own.
    schemaController: { compilersFactory: { buildValidator: unused, buildSerializer: unused } },
    routerOptions: { maxParamLength: httpLimits.pathSegment },
    serverFactory: (handler) => createServer(handler, parts.config.tls),
    clientErrorHandler: (error, socket) => refuseMalformed(error, socket),
    frameworkErrors: (error, request, reply) => {
      enter(parts, request, reply, error);
    },
  });

  app.decorateRequest("from", null as never);
  app.decorateRequest("device", null);
  app.decorateRequest("failure", null);
  app.decorateRequest("target", null);
  // Only JSON comes in, and what comes out is exactly what the handler gave.
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify);

  app.decorate("routeList", []);
  app.addHook("onRoute", ({ config, method, url, schema }) => {
    const scope = config?.scope;
    if (scope === undefined) throw new Error(`${String(method)} ${url} does not say its scope: add config.scope`);
    app.routeList.push(
      ...[method].flat().map((one) => ({ method: one, url, scope, schema: (schema ?? {}) as Route["schema"] })),
    );
  });
  app.addHook("onRequest", (request, reply, done) => {
    guard(parts.auth, request, reply);
    limitBodyTime(request);
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    recordRequest(parts, request, reply);
    done();
  });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));

  app.get("/healthz", { config: { scope: "public" } }, () => ({ ok: true }));
  app.get(slashRoute, { config: { scope: "public" } }, (_, reply) => reply.redirect(`${basePath}/`, 308));
  for (const routes of [
    sessionRoutes,
    transcriptRoutes,
    branchRoutes,
    uploadRoutes,
    fileRoutes,
    workspaceRoutes,
    deviceRoutes,
    pairingRoutes,
    auditRoutes,
    daemonRoutes,
    openApiRoutes,
    webAssets,
  ]) {
    routes(app, parts);
  }
  return app;
}

function unused(): never {
  throw new Error("a schema was compiled before the compilers were set");
}

/** Errors before routing skip the hooks, but not what the hooks are for. */
function enter({ auth }: HttpParts, request: FastifyRequest, reply: FastifyReply, error: unknown): void {
  try {
    guard(auth, request, reply);
    answerError(error, request, reply);
  } catch (refusal) {
    answerError(refusal, request, reply);
  }
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, code, ...said } = toErrorAnswer(error);
  request.failure = code;
  if (code === "INTERNAL") request.log.error({ err: error, route: request.routeOptions.url }, "request failed");
  if (error instanceof RateLimited) reply.header("retry-after", String(error.retryAfter));
  return reply
    .code(status)
    .header("cache-control", "no-store")
    .send({ error: { code, ...said } });
}

/** What is not HTTP never becomes a request. */
function refuseMalformed(
  error: { code: string },
  socket: { writable: boolean; end(text: string): void; destroy(): void },
): void {
  if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy();
  const isLarge = error.code === "HPE_HEADER_OVERFLOW";
  const status = isLarge ? "431 Request Header Fields Too Large" : `${statusOf.BAD_REQUEST} Bad Request`;
  const message = isLarge ? "The headers are too large." : "This is not an HTTP/1.1 request.";
  const body = JSON.stringify({ error: { code: "BAD_REQUEST", message } });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
