import type { ServerResponse } from "node:http";
import { HttpError } from "./http-error.ts";

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const json = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(json),
    // The SDK in pi up to 0.74 would otherwise retry by itself, unseen and at its own pace.
    ...(status >= 400 ? { "x-should-retry": "false" } : {}),
    // Nobody reads the rest of a refused body.
    ...(status === 413 ? { connection: "close" } : {}),
  });
  response.end(json);
}

/** Answers with an error in OpenAI's shape. */
export function sendError(response: ServerResponse, error: unknown): void {
  const known = error instanceof HttpError ? error : new HttpError(500, "internal_error", "Cannot answer request");
  const { status, code, message } = known;
  sendJson(response, status, { error: { message, type: code, code } });
}
