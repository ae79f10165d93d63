import type { Payload } from "../frames/common.ts";
import { isObject } from "../is-object.ts";
import { limits } from "../limits.ts";
import type { AgentMessage, ToolCall, Usage } from "../records/messages.ts";

/** A content block of a message that is still being written. */
export interface OpenBlock {
  /** pi's index of the block. */
  contentIndex: number;
  kind: "text" | "thinking" | "toolcall";
  /** The text so far; for a tool call its arguments as JSON text, incomplete while it streams. */
  text: string;
  id?: string;
  toolName?: string;
  /** The authoritative tool call, once the block ended. */
  toolCall?: ToolCall;
  ended: boolean;
}

/** A message between its `message_start` and its `message_end`. */
export interface OpenMessage {
  /** As `message_start` gave it, an assistant's without content: that stands in the blocks. */
  start: AgentMessage;
  /** Ordered by `contentIndex`, which may leave gaps; at most `limits.openText` characters of text together. */
  blocks: OpenBlock[];
  usage?: Usage;
}

/** The part of a `message_update` that says what changed, in pi's delta form. */
export interface AssistantMessageEvent {
  type: string;
  contentIndex?: number;
  delta?: string;
  content?: string;
  id?: string;
  toolName?: string;
  toolCall?: ToolCall;
}

const updates = /^(text|thinking|toolcall)_(start|delta|end)$/;

/**
 * Applies a `message_update` to an open message, in place. What makes no sense changes nothing: unknown kinds, a content
 * index that is none, a block's delta of another kind than its start, or after its end.
 */
export function updateOpenMessage(open: OpenMessage, payload: Payload): void {
  if (isObject(payload.usage)) open.usage = payload.usage as unknown as Usage;
  const event = payload.assistantMessageEvent;
  if (!isObject(event) || typeof event.type !== "string" || !isContentIndex(event.contentIndex)) return;
  const [, kind, step] = updates.exec(event.type) ?? [];
  if (!kind) return;
  const block = blockAt(open, event.contentIndex, kind as OpenBlock["kind"], step === "start");
  if (block.kind !== kind || block.ended) return;
  if (step === "start") {
    if (typeof event.id === "string") block.id = event.id;
    if (typeof event.toolName === "string") block.toolName = event.toolName;
  } else if (step === "delta") {
    if (typeof event.delta === "string") block.text += event.delta.slice(0, roomFor(open, block) - block.text.length);
  } else {
    block.ended = true;
    if (kind === "toolcall") {
      if (isToolCall(event.toolCall)) block.toolCall = event.toolCall;
    } else if (typeof event.content === "string") {
      block.text = event.content.slice(0, roomFor(open, block));
    }
  }
}

/** The events that rebuild an open message: applied to nothing they give an equal one. */
export function openMessageEvents(open: OpenMessage): Payload[] {
  const blockUpdates = open.blocks.flatMap(blockEvents);
  if (blockUpdates.length === 0 && open.usage) blockUpdates.push({ type: "start" });
  return [
    { type: "message_start", message: open.start },
    ...blockUpdates.map((assistantMessageEvent, index) => ({
      type: "message_update",
      // Usage counts the whole message, so the last update alone carries it.
      ...(open.usage && index === blockUpdates.length - 1 && { usage: open.usage }),
      assistantMessageEvent,
    })),
  ];
}

function blockEvents(block: OpenBlock): AssistantMessageEvent[] {
  const { contentIndex, kind, text, id, toolName, toolCall, ended } = block;
  const events: AssistantMessageEvent[] = [
    {
      type: `${kind}_start`,
      contentIndex,
      ...(id !== undefined && { id }),
      ...(toolName !== undefined && { toolName }),
    },
  ];
  const endHoldsText = ended && kind !== "toolcall";
  if (text !== "" && !endHoldsText) events.push({ type: `${kind}_delta`, contentIndex, delta: text });
  if (endHoldsText) events.push({ type: `${kind}_end`, contentIndex, content: text });
  else if (ended) events.push({ type: "toolcall_end", contentIndex, ...(toolCall && { toolCall }) });
  return events;
}

/** The block at an index; a new one where there is none, or where one starts anew. */
function blockAt(open: OpenMessage, contentIndex: number, kind: OpenBlock["kind"], anew: boolean): OpenBlock {
  // From the end: the block that grows is the last one, nearly always.
  const before = open.blocks.findLastIndex((block) => block.contentIndex <= contentIndex);
  const found = open.blocks[before];
  const exists = found?.contentIndex === contentIndex;
  if (exists && !anew) return found;
  const block: OpenBlock = { contentIndex, kind, text: "", ended: false };
  open.blocks.splice(exists ? before : before + 1, exists ? 1 : 0, block);
  return block;
}

/** How long the text of a block may be beside the others. */
function roomFor(open: OpenMessage, block: OpenBlock): number {
  return open.blocks.reduce((room, other) => (other === block ? room : room - other.text.length), limits.openText);
}

function isContentIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < limits.openBlocks;
}

function isToolCall(value: unknown): value is ToolCall {
  return isObject(value) && typeof value.name === "string" && isObject(value.arguments);
}
