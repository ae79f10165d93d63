import { createHash } from "node:crypto";
import type { ChatMessage, ChatRequest, ImagePart } from "./message.ts";

export interface ToolResult {
  tool: string;
  args: Record<string, unknown>;
  text: string;
}

/** Where a conversation stands: all that the demo model knows, for it keeps nothing between requests. */
export interface Conversation {
  request: ChatRequest;
  /** Text of the last message the user wrote. */
  prompt: string;
  /** Assistant messages since then. */
  step: number;
  /** Results since then, in order. */
  results: ToolResult[];
  /** Images since then, the user's and the tools'. */
  images: ImagePart[];
  /** The first system message. */
  system: string;
  /** Whether thinking is on. */
  thinking: boolean;
  /** Messages before the last one the user wrote. */
  earlier: readonly ChatMessage[];
  /** Same for the same conversation, different otherwise. */
  key: string;
}

/** Reads where a conversation stands from its request. */
export function readConversation(request: ChatRequest): Conversation {
  const { messages } = request;
  const start = messages.findLastIndex((message) => message.role === "user" && !carriesToolImages(message));
  const turn = messages.slice(Math.max(start, 0));
  return {
    request,
    prompt: turn[0]?.text ?? "",
    step: turn.filter((message) => message.role === "assistant").length,
    results: readResults(turn),
    images: turn.flatMap((message) => message.images),
    system: messages.find((message) => isInstruction(message))?.text ?? "",
    thinking: request.effort !== undefined,
    earlier: messages.slice(0, Math.max(start, 0)),
    key: createHash("sha256").update(JSON.stringify(messages)).digest("hex"),
  };
}

const isInstruction = ({ role }: ChatMessage): boolean => role === "system" || role === "developer";

// pi sends a tool's pictures in a user message of its own, which nobody wrote.
const carriesToolImages = (message: ChatMessage): boolean =>
  message.images.length > 0 && message.text === "Attached image(s) from tool result:";

function readResults(messages: readonly ChatMessage[]): ToolResult[] {
  const calls = new Map(messages.flatMap(({ toolCalls }) => toolCalls.map((call) => [call.id, call] as const)));
  return messages
    .filter((message) => message.role === "tool")
    .map((message) => {
      const call = calls.get(message.toolCallId ?? "");
      return { tool: call?.name ?? "", args: call?.args ?? {}, text: message.text };
    });
}
