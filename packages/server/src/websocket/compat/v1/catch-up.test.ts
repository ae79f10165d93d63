import { LiveState, type Payload } from "@pier/protocol";
import { expect, test } from "vitest";
import { catchUp } from "./catch-up.ts";

const nothing = { dialogs: [], statuses: {}, widgets: {}, title: null };
const update = (assistantMessageEvent: object): Payload => ({ type: "message_update", assistantMessageEvent });
const running: Payload[] = [
  { type: "agent_start" },
  { type: "message_start", message: { role: "assistant", content: [] } },
  update({ type: "thinking_start", contentIndex: 0 }),
  update({ type: "thinking_delta", contentIndex: 0, delta: "hm" }),
  update({ type: "thinking_end", contentIndex: 0, content: "hm" }),
  update({ type: "text_start", contentIndex: 1 }),
  update({ type: "text_delta", contentIndex: 1, delta: "Hel" }),
  update({ type: "text_delta", contentIndex: 1, delta: "lo" }),
  update({ type: "text_end", contentIndex: 1, content: "Hello" }),
  update({ type: "toolcall_start", contentIndex: 2, id: "t", toolName: "bash" }),
];

test("catchUp of a running turn, tells ended blocks as deltas and folds to the same state", () => {
  const live = stateAfter(running);
  const events = eventsOf(catchUp({ ...nothing, tail: live.tail() }, true, true));
  expect(events[0]).toEqual({ type: "agent_start" });
  expect(textsOf(events)).toEqual(["hm", "Hello"]);
  expect(stateAfter(events)).toEqual(live);
});

test("catchUp when nothing runs, is the pair that ends a turn for a client that comes back, and nothing for others", () => {
  expect(eventsOf(catchUp({ ...nothing, tail: [] }, false, true)).map(({ type }) => type)).toEqual([
    "agent_start",
    "agent_end",
  ]);
  expect(catchUp({ ...nothing, tail: [] }, false, false)).toEqual([]);
});

test("catchUp, leaves the daemon's own events out", () => {
  const tail = [
    { type: "pier_bash_start", id: "b:1" },
    { type: "bash_execution_update", id: "b:1", delta: "x" },
  ];
  expect(eventsOf(catchUp({ ...nothing, tail }, false, false)).map(({ type }) => type)).toEqual([
    "bash_execution_update",
  ]);
});

test("catchUp, shows a dialog without the daemon's deadline", () => {
  const [shown] = catchUp(
    { ...nothing, dialogs: [{ id: "d", method: "confirm", title: "Sure?", deadline: 5 }] },
    false,
    false,
  );
  expect(JSON.parse(shown?.text ?? "")).toEqual({
    type: "extension_ui_request",
    id: "d",
    method: "confirm",
    title: "Sure?",
  });
});

function stateAfter(events: readonly Payload[]): LiveState {
  const live = new LiveState();
  for (const event of events) live.apply(event);
  return live;
}

function eventsOf(outgoing: ReturnType<typeof catchUp>): Payload[] {
  return outgoing.map(({ text }) => JSON.parse(text) as Payload);
}

function textsOf(events: readonly Payload[]): unknown[] {
  return events.flatMap(
    ({ assistantMessageEvent }) => (assistantMessageEvent as { delta?: string } | undefined)?.delta ?? [],
  );
}
