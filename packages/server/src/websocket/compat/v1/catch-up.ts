import { randomUUID } from "node:crypto";
import type { Attached, Payload } from "@pier/protocol";
import { adaptRequest } from "./adapt-request.ts";
import type { Numbered } from "./translate-frame.ts";

/** What a client gets directly after `welcome`, as ordinary events and requests: all that is in flight. */
export function catchUp(
  attached: Pick<Attached, "tail" | "dialogs" | "statuses" | "widgets" | "title">,
  running: boolean,
  returns: boolean,
): Numbered[] {
  return [...events(attached.tail ?? [], running, returns), ...requests(attached)];
}

/** Clients show what streams between `agent_start` and `agent_end` only, and only what comes as deltas. */
function events(tail: readonly Payload[], running: boolean, returns: boolean): Numbered[] {
  const own = tail.filter(({ type }) => !type.startsWith("pier_")).flatMap(withDelta);
  if (running) return [{ type: "agent_start" }, ...own].map(event);
  // Whoever left in mid-sentence still shows half of it, and that pi works: the pair makes it forget both.
  if (returns) return [{ type: "agent_start" }, { type: "agent_end", messages: [] }, ...own].map(event);
  return own.map(event);
}

/** A block that ended is told by its end alone; the delta before it makes it the stream that it was. */
function withDelta(payload: Payload): Payload[] {
  const update = payload.assistantMessageEvent as { type: string; contentIndex?: number; content?: string } | undefined;
  const kind = /^(text|thinking)_end$/.exec(update?.type ?? "")?.[1];
  if (kind === undefined || !update?.content) return [payload];
  const { contentIndex, content: delta } = update;
  return [{ ...payload, assistantMessageEvent: { type: `${kind}_delta`, contentIndex, delta } }, payload];
}

/** What extensions show, and what they ask. The requests that once said so are gone, so these have ids of their own. */
function requests({
  title,
  widgets,
  statuses,
  dialogs,
}: Pick<Attached, "dialogs" | "statuses" | "widgets" | "title">): Numbered[] {
  return [
    ...(title === null ? [] : [{ id: randomUUID(), method: "setTitle", title }]),
    ...Object.entries(widgets).map(([widgetKey, { lines, placement }]) => {
      return { id: randomUUID(), method: "setWidget", widgetKey, widgetLines: lines, widgetPlacement: placement };
    }),
    ...Object.entries(statuses).map(([statusKey, statusText]) => {
      return { id: randomUUID(), method: "setStatus", statusKey, statusText };
    }),
    ...dialogs.map(({ deadline: _, ...dialog }) => dialog),
  ].map((request) => ({
    kind: "request" as const,
    text: adaptRequest(JSON.stringify({ type: "extension_ui_request", ...request })),
  }));
}

function event(payload: Payload): Numbered {
  return { kind: "event", text: JSON.stringify(payload) };
}
