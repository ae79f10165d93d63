import type { FastifyReply, FastifyRequest } from "fastify";
import type { HttpParts } from "./http-app.ts";

/**
 * Writes a finished request to the log, and to the audit log when it was to change something. By its route, never by its
 * address: whatever somebody put into a query stays out of both.
 */
export function recordRequest({ audit, log }: HttpParts, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.is404 ? "unknown" : (request.routeOptions.url ?? "unknown");
  const changes = request.method !== "GET" && request.method !== "HEAD";
  // A request that was refused for where it comes from has no address that can be believed.
  const address =
    (request.from as typeof request.from | null)?.address ?? request.raw.socket.remoteAddress ?? "unknown";
  const device = request.device?.id ?? null;
  const entry = {
    method: request.method,
    route,
    status: reply.statusCode,
    device,
    address,
    ms: Math.round(reply.elapsedTime),
  };
  if (changes || reply.statusCode >= 400) log.info(entry, "request");
  else log.debug(entry, "request");

  // Strangers may not fill the audit log; wrong pairing codes are limited by their own back-off.
  const isKnown = request.device !== null || (route === "/api/pair" && request.failure !== "RATE_LIMITED");
  if (!changes || !isKnown) return;
  const { id, prompt } = request.params as { id?: string; prompt?: string };
  const target = request.target ?? [id, prompt].filter((part) => part !== undefined).join(" ");
  audit.append({
    device,
    ...(request.device && { deviceName: request.device.name }),
    address,
    action: `${request.method} ${route}`,
    ...(target !== "" && { target }),
    outcome: request.failure ?? "ok",
  });
}
