import { createServer as createPlainServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { FastifyServerFactoryHandler } from "fastify";
import { httpLimits } from "../limits.ts";
import type { HttpConfig } from "./http-app.ts";

/** Makes Node's server with our limits; an HTTPS server has all that fastify asks of a plain one. */
export function createServer(handler: FastifyServerFactoryHandler, tls: HttpConfig["tls"]): Server {
  const options = {
    maxHeaderSize: httpLimits.headers,
    headersTimeout: httpLimits.headersTimeout,
    // For the longest there is; `limitBodyTime` says what others may take.
    requestTimeout: httpLimits.uploadTime,
  };
  return tls ? createTlsServer({ ...options, ...tls }, handler) : createPlainServer(options, handler);
}
