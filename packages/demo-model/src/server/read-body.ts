import type { IncomingMessage } from "node:http";
import { HttpError } from "./http-error.ts";

/**
 * Reads a request's body as JSON.
 * @throws {HttpError} 413 over the limit, 400 when it is no JSON.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > limit) throw tooLarge(`${announced} bytes`, limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limit) throw tooLarge(`more than ${limit} bytes`, limit);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HttpError(400, "invalid_json", `Cannot read request: the body must be JSON (${reason})`, { cause });
  }
}

const tooLarge = (size: string, limit: number): HttpError =>
  new HttpError(413, "body_too_large", `Cannot read request: the body has ${size}, at most ${limit} are allowed`);
