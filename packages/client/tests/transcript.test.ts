import { expect, test } from "vitest";
import { type Change, limits, type SessionFrame, Transcript } from "../src/index.ts";
import { attached, events, item, said, user } from "./support/frames.ts";

function attachedTranscript(...frames: Record<string, unknown>[]): Transcript {
  const transcript = new Transcript("s");
  for (const frame of [attached(), ...frames]) transcript.apply(frame as SessionFrame);
  return transcript;
}

test("apply, a snapshot with a tail, rebuilds the message in flight", () => {
  const transcript = new Transcript("s");
  const tail = [
    { type: "message_start", message: { role: "assistant", content: [] } },
    { type: "message_update", assistantMessageEvent: { type: "text_delta", contentIndex: 0, delta: "Once up" } },
  ];
  transcript.apply(attached({ seq: 5, messages: [item("j1")], tail }));
  expect(transcript.live.message?.blocks[0]?.text).toBe("Once up");
  const delta = { type: "text_delta", contentIndex: 0, delta: "on a" };
  const payload = { type: "message_update", assistantMessageEvent: delta };
  transcript.apply({ type: "event", session: "s", seq: 6, payload });
  expect(transcript.live.message?.blocks[0]?.text).toBe("Once upon a");
});

test("apply, events of one frame, tells each kind of change once and after all were applied", () => {
  const transcript = attachedTranscript();
  const seen: [Change, number][] = [];
  transcript.subscribe((change) => seen.push([change, transcript.items.length]));
  transcript.apply(events(9, ...said("a"), ...said("b")) as SessionFrame);
  expect(seen).toEqual([
    [{ kind: "items", from: 0 }, 2],
    [{ kind: "live" }, 2],
  ]);
  expect(transcript.items.map(({ key }) => key)).toEqual(["e:e1:9:1", "e:e1:9:3"]);
});

test("apply, an empty events frame, moves the cursor and ends a replay", () => {
  const transcript = attachedTranscript();
  transcript.awaitAttached();
  transcript.apply(attached({ mode: "replay", seq: 9 }));
  expect(transcript.caughtUp).toBe(false);
  transcript.apply(events(9) as SessionFrame);
  expect([transcript.caughtUp, transcript.cursor?.seq]).toEqual([true, 9]);
});

test("apply, a replayed request for a dialog that was closed meanwhile, does not open it again", () => {
  const transcript = attachedTranscript();
  transcript.awaitAttached();
  const notices: Change[] = [];
  transcript.apply(attached({ mode: "replay", seq: 9, statuses: { a: "now" } }));
  transcript.subscribe((change) => change.kind === "notice" && notices.push(change));
  const request = { type: "extension_ui_request", session: "s" } as const;
  transcript.apply({ ...request, seq: 7, id: "d1", method: "confirm" });
  transcript.apply({ ...request, seq: 8, id: "u", method: "setStatus", statusKey: "a", statusText: "then" });
  transcript.apply({ ...request, seq: 9, id: "n", method: "notify", message: "while you were away" });
  expect(transcript.ui.dialogs.size).toBe(0);
  expect(transcript.ui.statuses.get("a")).toBe("now");
  expect(notices).toMatchObject([{ missed: true }]);
  transcript.apply({ ...request, seq: 10, id: "d2", method: "confirm" });
  expect([...transcript.ui.dialogs.keys()]).toEqual(["d2"]);
});

test("apply, a replay that says the turn is over though its end was never written, ends what was in flight", () => {
  const transcript = attachedTranscript(
    events(5, { type: "agent_start" }, { type: "message_start", message: user("") }),
  );
  transcript.awaitAttached();
  transcript.apply(attached({ mode: "replay", seq: 5 }));
  expect(transcript.live).toMatchObject({ running: false, message: null });
});

test("apply, the first event above a replay's end, comes after what attached said", () => {
  const transcript = attachedTranscript();
  transcript.awaitAttached();
  transcript.apply(attached({ mode: "replay", seq: 9, queue: { steering: ["old"], followUp: [] } }));
  transcript.apply(events(12, { type: "queue_update", steering: ["new"], followUp: [] }) as SessionFrame);
  expect(transcript.live.queue.steering).toEqual(["new"]);
  expect(transcript.caughtUp).toBe(true);
});

test("apply, a frame seen before, changes and tells nothing", () => {
  const transcript = attachedTranscript(events(9, ...said("a")));
  const changes: Change[] = [];
  transcript.subscribe((change) => changes.push(change));
  transcript.apply(events(9, ...said("a")) as SessionFrame);
  transcript.apply(events(8, ...said("a")) as SessionFrame);
  expect([transcript.items.length, changes]).toEqual([1, []]);
});

test("apply, more messages than are kept, lets the oldest go, tells so, and can begin anew", () => {
  const transcript = attachedTranscript();
  const changes: Change[] = [];
  transcript.subscribe((change) => changes.push(change));
  for (let seq = 1; seq <= limits.items + 1; seq++) {
    transcript.apply(events(seq, { type: "message_end", message: user(String(seq)) }) as SessionFrame);
  }
  expect(transcript.items).toHaveLength(limits.items * 0.9);
  expect(changes.slice(-3)).toEqual([
    { kind: "trimmed", count: limits.items * 0.1 + 1 },
    { kind: "items", from: limits.items * 0.9 - 1 },
    { kind: "live" },
  ]);
  expect([transcript.before, transcript.hasOlder]).toEqual([undefined, true]);
});

test.each([
  ["an event without a payload", { type: "event", session: "s", seq: 5, payload: null }],
  ["events that are no list", { type: "events", session: "s", seq: 5, payloads: {} }],
  ["an event whose payload has no type", events(5, { type: 1 } as never)],
  ["a seq that is no number", events("5" as never)],
  ["a seq that is negative", events(-5)],
  ["a snapshot without messages", { ...attached(), messages: undefined }],
  ["a snapshot with items that are none", attached({ messages: [null as never] })],
  ["a snapshot without a tail", { ...attached(), tail: undefined }],
  ["a snapshot with dialogs that are none", attached({ dialogs: [7 as never] })],
  ["a snapshot whose state is null", attached({ state: null as never })],
  ["a mode that is unheard of", attached({ mode: "guess" as never })],
  ["a replay of another epoch", attached({ mode: "replay", epoch: "e9" })],
  ["history that is no list", { type: "history", session: "s", messages: "all" }],
  ["presence that is no list", { type: "presence", session: "s", clients: null }],
  ["a session without offers", { type: "session", session: "s", info: {}, offered: null }],
])("apply, %s, throws BAD_FRAME, keeps what is shown and wants a snapshot", (_what, frame) => {
  const transcript = attachedTranscript(events(4, ...said("a")));
  expect(() => transcript.apply(frame as SessionFrame)).toThrow(expect.objectContaining({ code: "BAD_FRAME" }));
  expect([transcript.items.length, transcript.cursor]).toEqual([1, null]);
  transcript.apply(events(9, ...said("ignored")) as SessionFrame);
  transcript.apply(attached({ seq: 9, messages: [item("j1"), item("j2")] }));
  expect(transcript.items).toHaveLength(2);
});
