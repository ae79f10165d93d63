import type { IncomingHttpHeaders } from "node:http";
import { HttpError } from "./http-error.ts";

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Lets in only programs on this machine: a web page may reach a loopback port by its browser, under a name of its own.
 * @throws {HttpError} 403
 */
export function checkOrigin({ host, origin }: IncomingHttpHeaders): void {
  if (host === undefined || !LOOPBACK.test(host)) {
    throw new HttpError(403, "forbidden_host", `Cannot serve host "${host ?? ""}": only loopback is served`);
  }
  if (origin !== undefined) {
    throw new HttpError(403, "forbidden_origin", `Cannot serve origin "${origin}": browsers are not served`);
  }
}
