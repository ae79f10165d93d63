import type { AssistantMessageEvent, Payload } from "@pier/protocol";
import type { PublicRecord } from "./journal-record.ts";

/**
 * Joins neighbouring deltas of one content block and drops partial tool results that a later one replaces, so that the
 * folded state after them is the same. Everything else stays as pi wrote it.
 */
export class Coalescer {
  #entries: Entry[] = [];
  #lastUsage = "";
  #size = 0;

  get empty(): boolean {
    return this.#entries.length === 0;
  }

  /** Characters that wait. */
  get size(): number {
    return this.#size;
  }

  push(record: PublicRecord): void {
    this.#size += record.text.length;
    const last = this.#entries.at(-1);
    const key = joinKey(record.value);
    if (key === undefined || last?.key !== key) {
      this.#entries.push({ key, record, deltas: undefined, usage: record.value.usage });
      return;
    }
    if (key.startsWith("tool:")) {
      last.record = record;
      return;
    }
    (last.deltas ??= [deltaOf(last.record.value)]).push(deltaOf(record.value));
    last.record = record;
    // An update may leave out what one before it said.
    last.usage = record.value.usage ?? last.usage;
  }

  /** The records to send, as JSON texts; what was pushed is forgotten. */
  take(): string[] {
    const texts = this.#entries.map((entry) => this.#text(entry));
    this.#entries = [];
    this.#size = 0;
    return texts;
  }

  #text({ record, deltas, usage: said }: Entry): string {
    const { value } = record;
    if (value.type === "message_start") this.#lastUsage = "";
    if (value.type !== "message_update")
      return deltas ? JSON.stringify({ ...value, delta: deltas.join("") }) : record.text;
    const usage = said === undefined ? this.#lastUsage : JSON.stringify(said);
    const repeated = said !== undefined && usage === this.#lastUsage;
    this.#lastUsage = usage;
    if (!deltas && !repeated) return record.text;
    const event = value.assistantMessageEvent as AssistantMessageEvent;
    return JSON.stringify({
      ...value,
      // A usage that did not change since the last update says nothing new and is most of the bytes.
      usage: repeated ? undefined : said,
      assistantMessageEvent: deltas ? { ...event, delta: deltas.join("") } : event,
    });
  }
}

interface Entry {
  key: string | undefined;
  record: PublicRecord;
  deltas: string[] | undefined;
  /** Of all that were joined. */
  usage: unknown;
}

/** Records with equal keys that stand side by side can be joined; undefined for records that stand alone. */
export function joinKey(value: Payload): string | undefined {
  if (value.type === "message_update") {
    const event = value.assistantMessageEvent as AssistantMessageEvent | undefined;
    return typeof event?.type === "string" && event.type.endsWith("_delta")
      ? `${event.type}:${event.contentIndex}`
      : undefined;
  }
  if (value.type === "tool_execution_update") return `tool:${String(value.toolCallId)}`;
  if (value.type === "bash_execution_update") return `bash:${String(value.id)}`;
  return undefined;
}

function deltaOf(value: Payload): string {
  const { delta } = value.type === "message_update" ? (value.assistantMessageEvent as AssistantMessageEvent) : value;
  return typeof delta === "string" ? delta : "";
}
