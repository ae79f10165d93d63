import { parsePartialJson, record, string } from "@pier/client/messages";
import type { OpenBlock, OpenMessage } from "@pier/protocol";
import { type Place, toolRow } from "./finished-rows.ts";
import type { ObservedTimes } from "./observed-times.ts";
import type { PartRow } from "./row.ts";

/** Longer arguments are shown once they are complete: reading them again for each delta would cost too much. */
const maxPartialArgs = 20_000;

/** The rows of the model's message that is being written. */
export function openRows({ blocks }: OpenMessage, { base, turn }: Place, times: ObservedTimes): PartRow[] {
  return blocks
    .map((block, at) => openRow(block, block.ended || at < blocks.length - 1, { base, turn }, times))
    .filter((row) => row.kind !== "prose" || row.text !== "");
}

function openRow(block: OpenBlock, isOver: boolean, { base, turn }: Place, times: ObservedTimes): PartRow {
  const key = `${base}:${block.contentIndex}`;
  switch (block.kind) {
    case "text":
      return { kind: "prose", key, turn, text: block.text, streaming: !isOver };
    case "thinking": {
      times.begin(key);
      if (isOver) times.end(key);
      const row = { kind: "thinking", key, turn, text: block.text, redacted: false, streaming: !isOver } as const;
      return { ...row, since: times.since(key), took: times.took(key) };
    }
    case "toolcall": {
      const { toolCall, toolName, id, text } = block;
      const args = toolCall ? record(toolCall.arguments) : parsePartialJson(text.slice(0, maxPartialArgs));
      return toolRow({ key, turn, call: toolCall?.id ?? id }, string(toolCall?.name ?? toolName), args, "writing");
    }
  }
}
