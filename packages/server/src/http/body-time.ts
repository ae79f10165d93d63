import { finished } from "node:stream";
import type { FastifyRequest } from "fastify";
import { httpLimits } from "../limits.ts";

/** Ends a connection whose body takes too long to arrive; one that brings files may take long, but must not stand still. */
export function limitBodyTime({ raw, headers, routeOptions }: FastifyRequest): void {
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (!hasBody) return;
  if (routeOptions.config.multipart) {
    raw.setTimeout(httpLimits.uploadPause, () => raw.destroy());
    return;
  }
  const late = setTimeout(() => {
    if (!raw.complete) raw.destroy();
  }, httpLimits.requestTimeout);
  finished(raw, () => clearTimeout(late));
}
