import { isRecord } from "../is-record.ts";
import { HttpError } from "../server/http-error.ts";
import type { ChatMessage, ImagePart, ToolCallPart } from "./message.ts";

/**
 * Reads one message of a chat request.
 * @throws {HttpError} 400 when it has no role.
 */
export function parseMessage(message: unknown, index: number): ChatMessage {
  if (!isRecord(message) || typeof message.role !== "string") {
    throw new HttpError(
      400,
      "invalid_request",
      `Cannot answer request: messages[${index}] must be an object with a role`,
    );
  }
  const parts: unknown[] = Array.isArray(message.content) ? message.content : [message.content];
  const calls: unknown[] = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  const parsed: ChatMessage = {
    role: message.role,
    text: parts.map(partText).join(""),
    thinkingChars: typeof message.reasoning_content === "string" ? message.reasoning_content.length : 0,
    images: parts.flatMap(partImage),
    toolCalls: calls.flatMap(toolCall),
  };
  if (typeof message.tool_call_id === "string") parsed.toolCallId = message.tool_call_id;
  return parsed;
}

function partText(part: unknown): string {
  if (typeof part === "string") return part;
  return isRecord(part) && typeof part.text === "string" ? part.text : "";
}

const DATA_URL = /^data:([^;,]{0,100});base64,/;

function partImage(part: unknown): ImagePart[] {
  if (!isRecord(part) || !isRecord(part.image_url) || typeof part.image_url.url !== "string") return [];
  const { url } = part.image_url;
  const header = DATA_URL.exec(url);
  if (header === null) return [{ mimeType: "unknown", bytes: 0 }];
  // Computed from the length, for decoding a 10 MB picture only to measure it would cost as much again.
  const padding = url.endsWith("==") ? 2 : url.endsWith("=") ? 1 : 0;
  return [
    {
      mimeType: header[1] ?? "",
      bytes: Math.floor(((url.length - header[0].length) * 3) / 4) - padding,
    },
  ];
}

function toolCall(call: unknown): ToolCallPart[] {
  if (!isRecord(call) || typeof call.id !== "string" || !isRecord(call.function)) return [];
  const { name, arguments: json } = call.function;
  return [{ id: call.id, name: typeof name === "string" ? name : "", args: parseArguments(json) }];
}

function parseArguments(json: unknown): Record<string, unknown> {
  try {
    const args: unknown = typeof json === "string" ? JSON.parse(json) : undefined;
    return isRecord(args) ? args : {};
  } catch {
    // A cut-off call is replayed as it was; the demo model only needs to survive it.
    return {};
  }
}
