import type { IncomingMessage, ServerResponse } from "node:http";
import { DEMO_MODELS } from "../demo-models.ts";
import { LIMITS } from "../limits.ts";
import { checkOrigin } from "./check-origin.ts";
import { handleCompletion } from "./handle-completion.ts";
import type { Model } from "./handle-completion.ts";
import { handleControl } from "./handle-control.ts";
import { HttpError } from "./http-error.ts";
import { readBody } from "./read-body.ts";
import { sendJson } from "./send-json.ts";

export interface Service extends Model {
  bodyBytes: number;
  /** Replies streaming now. */
  streams: number;
}

const GATE_PATH = /^\/control\/gates(?:\/([^/]*))?$/;

/** Answers one HTTP request; resolves with a word for the log. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
  service: Service,
): Promise<string> {
  checkOrigin(request.headers);
  const method = request.method ?? "GET";
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const gate = GATE_PATH.exec(path);
  if (gate !== null) await handleControl(method, gate[1], response, signal, service.gates);
  else if (path === "/healthz") sendJson(response, 200, { ok: true, model: "pier-demo", streams: service.streams });
  else if (path === "/v1/models") sendJson(response, 200, { object: "list", data: DEMO_MODELS.map(listed) });
  else if (path === "/v1/chat/completions") return complete(request, response, signal, service);
  else
    throw new HttpError(
      404,
      "not_found",
      `Cannot find ${path}: there is /v1/chat/completions, /v1/models and /healthz`,
    );
  return "answered";
}

async function complete(
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
  service: Service,
): Promise<string> {
  if (request.method !== "POST") {
    throw new HttpError(405, "method_not_allowed", `Cannot ${request.method ?? "GET"} completions: use POST`);
  }
  if (service.streams >= LIMITS.streams) {
    throw new HttpError(503, "too_many_streams", `Cannot answer request: ${LIMITS.streams} replies are streaming`);
  }
  service.streams += 1;
  try {
    return await handleCompletion(await readBody(request, service.bodyBytes), response, signal, service);
  } finally {
    service.streams -= 1;
  }
}

const listed = ({ id }: { id: string }): Record<string, unknown> => ({
  id,
  object: "model",
  owned_by: "pier-demo",
});
