import { body, list, record, string } from "@pier/client/messages";
import type { AgentMessage, OpenBlock, OpenMessage } from "@pier/protocol";
import { bodyText } from "../../text/index.ts";
import { compactJson } from "../base/compact-json.ts";

/** A part of the model's message; `over`: it will not grow any more. */
export type AssistantPart = TextPart | ThinkingPart | CallPart;

interface TextPart {
  kind: "text";
  index: number;
  over: boolean;
  text: string;
}

export interface ThinkingPart {
  kind: "thinking";
  index: number;
  over: boolean;
  text: string;
  redacted: boolean;
}

export interface CallPart {
  kind: "toolcall";
  index: number;
  id: string | undefined;
  name: string;
  /** All arguments, or the JSON text of what has come of them. */
  args: Record<string, unknown> | string;
  /** Whether its message is still in flight, or ended so that the tool is not run. */
  state: "open" | "finished" | "failed";
}

/** The parts of a message in flight. */
export function openParts({ blocks }: OpenMessage): AssistantPart[] {
  return blocks.map((block, at) => openPart(block, block.ended || at < blocks.length - 1));
}

function openPart(
  { contentIndex: index, kind, text, id, toolName, toolCall }: OpenBlock,
  over: boolean,
): AssistantPart {
  if (kind === "text") return { kind, index, over, text };
  if (kind === "thinking") return { kind, index, over, text, redacted: false };
  const name = string(toolCall?.name ?? toolName);
  const args = toolCall ? record(toolCall.arguments) : text;
  return { kind, index, id: string(toolCall?.id ?? id) || undefined, name, args, state: "open" };
}

/** The parts of a finished message, whatever it is made of. */
export function finishedParts(message: AgentMessage): AssistantPart[] {
  const { content, stopReason } = record(message);
  const text = body(content);
  if (text !== undefined) return [{ kind: "text", index: 0, over: true, text: bodyText(text) }];
  const state = stopReason === "aborted" || stopReason === "error" ? "failed" : "finished";
  return list(content).map((part, index) => finishedPart(part, index, state));
}

function finishedPart(part: unknown, index: number, state: CallPart["state"]): AssistantPart {
  const { type, text, thinking, redacted, id, name, arguments: args } = record(part);
  switch (type) {
    case "text":
      return { kind: "text", index, over: true, text: bodyText(body(text)) };
    case "thinking":
      return { kind: "thinking", index, over: true, text: bodyText(body(thinking)), redacted: redacted === true };
    case "toolCall":
      return { kind: "toolcall", index, id: string(id) || undefined, name: string(name), args: record(args), state };
    default:
      return { kind: "text", index, over: true, text: `\`${compactJson(part).replaceAll("`", "'")}\`` };
  }
}
