import type { Payload } from "../frames/common.ts";
import type { AgentMessage, ToolCall, Usage } from "../records/messages.ts";

/** A content block of a message that is still being written. */
export interface OpenBlock {
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
  start: AgentMessage;
  /** By content index. */
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

/** Applies a `message_update` to an open message, in place. Unknown kinds of updates change nothing. */
export function updateOpenMessage(open: OpenMessage, payload: Payload): void {
  if (payload.usage) open.usage = payload.usage as Usage;
  const event = payload.assistantMessageEvent as AssistantMessageEvent | undefined;
  const [, kind, step] = updates.exec(event?.type ?? "") ?? [];
  if (!event || !kind || event.contentIndex === undefined) return;
  const block = (open.blocks[event.contentIndex] ??= { kind: kind as OpenBlock["kind"], text: "", ended: false });
  if (step === "delta") {
    block.text += event.delta ?? "";
  } else if (step === "start") {
    if (event.id !== undefined) block.id = event.id;
    if (event.toolName !== undefined) block.toolName = event.toolName;
  } else {
    block.ended = true;
    if (event.content !== undefined) block.text = event.content;
    if (event.toolCall !== undefined) block.toolCall = event.toolCall;
  }
}

/** The events that rebuild an open message: applied to nothing they give an equal one. */
export function openMessageEvents(open: OpenMessage): Payload[] {
  const events: Payload[] = [{ type: "message_start", message: open.start }];
  const update = (event: AssistantMessageEvent) =>
    events.push({ type: "message_update", ...(open.usage && { usage: open.usage }), assistantMessageEvent: event });
  // forEach skips the holes that a block out of order leaves.
  open.blocks.forEach((block, contentIndex) => {
    update({
      type: `${block.kind}_start`,
      contentIndex,
      ...(block.id !== undefined && { id: block.id }),
      ...(block.toolName !== undefined && { toolName: block.toolName }),
    });
    if (block.text !== "" && (!block.ended || block.kind === "toolcall")) {
      update({ type: `${block.kind}_delta`, contentIndex, delta: block.text });
    }
    if (!block.ended) return;
    if (block.kind === "toolcall") {
      update({ type: "toolcall_end", contentIndex, ...(block.toolCall && { toolCall: block.toolCall }) });
    } else {
      update({ type: `${block.kind}_end`, contentIndex, content: block.text });
    }
  });
  return events;
}
