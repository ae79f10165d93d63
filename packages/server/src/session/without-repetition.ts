import type { PublicRecord } from "./journal-record.ts";

/**
 * Leaves out what an event repeats from events before it. `turn_end` and `agent_end` hold all messages of the turn and
 * of the run once more; that can be megabytes, and nothing that is folded from events needs them.
 */
export function withoutRepetition(record: PublicRecord): PublicRecord {
  const { value } = record;
  if (value.type !== "turn_end" && value.type !== "agent_end") return record;
  const { message: _message, toolResults: _results, messages: _messages, ...kept } = value;
  return { text: JSON.stringify(kept), value: kept };
}
