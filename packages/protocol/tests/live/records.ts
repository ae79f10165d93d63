import type { Payload } from "../../src/frames/common.ts";
import { isObject } from "../../src/is-object.ts";
import { LiveState } from "../../src/live/live-state.ts";

/** What both a client that joined late and one that never left must agree on. */
export function inFlight(state: LiveState) {
  return {
    message: state.message,
    tools: [...state.tools],
    bash: [...state.bash],
    running: state.running,
    queue: state.queue,
    compaction: state.compaction,
    retry: state.retry,
    pi: state.pi,
  };
}

/** Applies records in order and gives the messages that they finished. */
export function applyAll(state: LiveState, records: readonly Payload[]): unknown[] {
  return records.map((record) => state.apply(record)).filter((message) => message !== null);
}

/** A state built from a snapshot of another, after the journey over the wire. */
export function joinLate(state: LiveState): LiveState {
  const { tail, ...copied } = overTheWire({
    tail: state.tail(),
    running: state.running,
    queue: state.queue,
    compaction: state.compaction,
    retry: state.retry,
    pi: state.pi,
  });
  const late = Object.assign(new LiveState(), copied);
  applyAll(late, tail);
  return late;
}

export function overTheWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Joins neighbouring deltas of one content block, and of one shell command, as coalescing does. */
export function joinDeltas(records: readonly Payload[]): Payload[] {
  const joined: Payload[] = [];
  for (const record of records) {
    const before = joined.at(-1);
    const both = before && joinTwo(before, record);
    if (both) joined[joined.length - 1] = both;
    else joined.push(record);
  }
  return joined;
}

interface Delta {
  type?: unknown;
  contentIndex?: unknown;
  delta?: unknown;
}

function joinTwo(before: Payload, record: Payload): Payload | undefined {
  if (before.type !== record.type) return undefined;
  if (record.type === "bash_execution_update") {
    if (before.id !== record.id || typeof before.delta !== "string" || typeof record.delta !== "string")
      return undefined;
    return { ...record, delta: before.delta + record.delta };
  }
  if (record.type !== "message_update") return undefined;
  const [first, second] = [
    before.assistantMessageEvent as Delta | undefined,
    record.assistantMessageEvent as Delta | undefined,
  ];
  if (typeof first?.delta !== "string" || typeof second?.delta !== "string") return undefined;
  if (first.type !== second.type || first.contentIndex !== second.contentIndex) return undefined;
  // Only deltas add up: of two ends the first one counts, whatever `delta` stands in them.
  if (!String(first.type).endsWith("_delta")) return undefined;
  // What is none says nothing.
  const usage = isObject(record.usage) ? record.usage : before.usage;
  return {
    type: "message_update",
    ...(usage !== undefined && { usage }),
    assistantMessageEvent: { ...second, delta: first.delta + second.delta },
  };
}
