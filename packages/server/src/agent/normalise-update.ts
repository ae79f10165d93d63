import type { PublicRecord } from "../session/journal-record.ts";

interface CumulativeEvent {
  type: string;
  contentIndex?: number;
  partial?: { content?: { id?: string; name?: string }[]; usage?: unknown };
  [member: string]: unknown;
}

/**
 * Brings a `message_update` to the delta form. Versions before 0.84 repeat the whole message so far in every record, in
 * `message` and in `partial`; newer records pass through untouched.
 */
export function normaliseUpdate(record: PublicRecord): PublicRecord {
  const { message, assistantMessageEvent, ...rest } = record.value as PublicRecord["value"] & {
    message?: { usage?: unknown };
    assistantMessageEvent?: CumulativeEvent;
  };
  if (message === undefined && assistantMessageEvent?.partial === undefined) return record;
  const { partial, ...event } = assistantMessageEvent ?? { type: "unknown" };
  const usage = rest.usage ?? message?.usage ?? partial?.usage;
  const value = {
    ...rest,
    ...(usage !== undefined && { usage }),
    assistantMessageEvent: { ...event, ...(event.type === "toolcall_start" && toolOf(partial, event.contentIndex)) },
  };
  return { text: JSON.stringify(value), value };
}

/** Which tool a call names stood only in the partial message. */
function toolOf(partial: CumulativeEvent["partial"], index: number | undefined): { id?: string; toolName?: string } {
  const block = partial?.content?.[index ?? -1];
  return {
    ...(block?.id !== undefined && { id: block.id }),
    ...(block?.name !== undefined && { toolName: block.name }),
  };
}
