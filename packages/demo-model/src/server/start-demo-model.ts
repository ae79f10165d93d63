import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { LIMITS } from "../limits.ts";
import { Attempts } from "./attempts.ts";
import { Gates } from "./gates.ts";
import { handleRequest } from "./handle-request.ts";
import type { Service } from "./handle-request.ts";
import { sendError } from "./send-json.ts";

export interface LogRecord {
  method: string;
  path: string;
  /** finished, dropped, answered, left, or the reason of a failure. */
  outcome: string;
  ms: number;
}

export interface DemoModelOptions {
  /** A loopback address; 127.0.0.1 by default. */
  host?: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Milliseconds between the deltas of an unscripted reply; 12 by default. */
  stepDelayMs?: number;
  /** Largest request body, in bytes. */
  bodyBytes?: number;
  log?: (record: LogRecord) => void;
  /** Called when the first request comes and when the last one has gone. */
  onBusy?: (busy: boolean) => void;
}

export interface DemoModel {
  /** Base address for pi, ending in /v1. */
  url: string;
  port: number;
  /** Where scripts wait; the same as /control/gates. */
  gates: Pick<Gates, "open" | "list" | "waitForArrival">;
  /** Ends the server and every open stream. */
  close(): Promise<void>;
}

const LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "::1"];

/**
 * Starts the demo model on loopback.
 * @throws {RangeError} when the host is not loopback; the error of `listen` when the port is taken.
 */
export async function startDemoModel(options: DemoModelOptions = {}): Promise<DemoModel> {
  const { host = "127.0.0.1", port = 0, stepDelayMs = 12, bodyBytes = LIMITS.bodyBytes } = options;
  if (!LOOPBACK_HOSTS.includes(host)) {
    throw new RangeError(`Cannot start demo model: host is "${host}", it must be one of ${LOOPBACK_HOSTS.join(", ")}`);
  }
  const service: Service = {
    gates: new Gates(),
    attempts: new Attempts(),
    stepDelayMs,
    bodyBytes,
    streams: 0,
  };
  let active = 0;
  const count = (change: 1 | -1): void => {
    active += change;
    if (active === 0 || (active === 1 && change === 1)) options.onBusy?.(active > 0);
  };
  const server = createServer((request, response) => {
    count(1);
    void serve(request, response, service, options.log).finally(() => count(-1));
  });
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${actual}/v1`,
    port: actual,
    gates: service.gates,
    close: () => close(server),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  service: Service,
  log: DemoModelOptions["log"],
): Promise<void> {
  const started = performance.now();
  const left = new AbortController();
  response.on("close", () => left.abort());
  // Without a listener a connection reset while a body is read would end the process.
  response.on("error", () => left.abort());
  let outcome: string;
  try {
    outcome = await handleRequest(request, response, left.signal, service);
  } catch (error) {
    outcome = left.signal.aborted ? "left" : error instanceof Error ? error.message : String(error);
    if (!response.headersSent) sendError(response, error);
    else if (!response.writableEnded) response.destroy();
  }
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  log?.({
    method: request.method ?? "",
    path,
    outcome,
    ms: Math.round(performance.now() - started),
  });
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
