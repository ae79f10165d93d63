import { isRecord } from "../is-record.ts";
import { HttpError } from "../server/http-error.ts";
import type { ChatRequest } from "./message.ts";
import { parseMessage } from "./parse-message.ts";

/**
 * Reads the body of a chat-completions request.
 * @throws {HttpError} 400 with what is and what would be right.
 */
export function parseChatRequest(body: unknown): ChatRequest {
  if (!isRecord(body)) throw invalid("the body must be a JSON object");
  if (body.stream !== true) throw invalid('"stream" must be true, the demo model only streams');
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    throw invalid('"messages" must be an array with at least one message');
  }
  const messages = body.messages.map((message: unknown, index) => parseMessage(message, index));
  if (!messages.some((message) => message.role === "user")) throw invalid('"messages" must hold a user message');
  const tools: unknown[] = Array.isArray(body.tools) ? body.tools : [];
  const request: ChatRequest = {
    model: typeof body.model === "string" ? body.model : "demo",
    messages,
    tools: tools.map(toolName).filter((name) => name !== ""),
    toolChars: tools.length === 0 ? 0 : JSON.stringify(tools).length,
  };
  const effort = body.reasoning_effort;
  if (typeof effort === "string" && effort !== "none" && effort !== "off") request.effort = effort;
  return request;
}

function toolName(tool: unknown): string {
  if (!isRecord(tool) || !isRecord(tool.function)) return "";
  return typeof tool.function.name === "string" ? tool.function.name : "";
}

const invalid = (reason: string): HttpError =>
  new HttpError(400, "invalid_request", `Cannot answer request: ${reason}`);
