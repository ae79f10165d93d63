import type { IncomingHttpHeaders } from "node:http";
import type { ErrorCode } from "@pier/protocol";
import { forwarded } from "./forwarded.ts";
import { hostAllowed, type Names } from "./host-allowed.ts";
import { originAllowed } from "./origin-allowed.ts";

/** What is looked at before anything else of a request. */
export interface RequestFacts {
  method: string;
  headers: IncomingHttpHeaders;
  remoteAddress: string | undefined;
  /** Whether it asks for a WebSocket. */
  upgrade: boolean;
}

/** By what requests are judged. */
export interface RequestPolicy extends Names {
  /** Whether the daemon itself speaks TLS. */
  tls: boolean;
  isProxy: (address: string) => boolean;
}

export interface Accepted {
  ok: true;
  /** The client's address; behind a configured proxy, the one the proxy saw. */
  address: string;
  /** The name the client used, which is allowed. */
  host: string;
  /** Whether the client speaks TLS, to us or to a configured proxy. */
  tls: boolean;
  /** Whether a cookie of this request counts. Where it does not, only a token proves who asks. */
  cookies: boolean;
}

export interface Refused {
  ok: false;
  status: number;
  code: ErrorCode;
  message: string;
}

/**
 * Judges where a request comes from: first the name it was sent to (DNS rebinding), then the page that sent it (requests
 * across sites). It does not know who sends it; see `Auth.authenticate`.
 */
export function checkRequest(policy: RequestPolicy, request: RequestFacts): Accepted | Refused {
  const { address, host, tls } = forwarded({ ...request, tls: policy.tls }, policy.isProxy);
  // Behind a proxy both names have to fit: a page that had its own name point here could still claim another one.
  const { host: sent } = request.headers;
  const isNamed = hostAllowed(sent, policy.tls, policy) || hostAllowed(sent, tls, policy);
  if (!isNamed || host === undefined || !hostAllowed(host, tls, policy)) {
    return refused(
      "The Host header names another server: use the address Pier printed, or start it with --allow-host NAME.",
    );
  }
  const { origin } = request.headers;
  if (origin !== undefined && !originAllowed(origin, host, tls)) {
    return refused("The Origin header names another page: only Pier's own pages may send requests.");
  }
  const site = request.headers["sec-fetch-site"];
  const isOwnPage = site === "same-origin";
  const changes = !["GET", "HEAD", "OPTIONS"].includes(request.method);
  if (changes && origin === undefined && site !== undefined && !isOwnPage) {
    return refused("The Sec-Fetch-Site header names another page: only Pier's own pages may send requests.");
  }
  // Cookies travel from other ports of the same host too, so they count for our own pages only; programs use tokens.
  const cookies =
    request.upgrade || changes ? origin !== undefined || (isOwnPage && !request.upgrade) : isOwnOrTyped(site);
  return { ok: true, address, host, tls, cookies };
}

function isOwnOrTyped(site: string | string[] | undefined): boolean {
  return site === undefined || site === "same-origin" || site === "none";
}

function refused(message: string): Refused {
  return { ok: false, status: 403, code: "FORBIDDEN", message };
}
