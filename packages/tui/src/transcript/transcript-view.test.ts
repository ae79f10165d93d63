import { type Change, Transcript } from "@pier/client";
import type { Payload, TranscriptItem } from "@pier/protocol";
import { expect, test } from "vitest";
import { attached, events, transcriptOf } from "../../tests/support/frames.ts";
import { plain, viewOf } from "../../tests/support/sight.ts";
import { limits } from "../limits.ts";
import { TextBlock } from "./text-block.ts";
import { TranscriptView } from "./transcript-view.ts";
import type { View } from "./view.ts";

/** A transcript, a view of it that follows, and what pi writes next. */
function session(transcript = transcriptOf(), view: View = viewOf()) {
  const shown = new TranscriptView(transcript, view);
  transcript.subscribe((change: Change) => {
    if (change.kind === "items") shown.addItems(change.from);
    else if (change.kind === "live") shown.updateLive();
    else if (change.kind === "reset" || change.kind === "older") shown.restore();
  });
  let seq = 0;
  const send = (...payloads: Payload[]): void => transcript.apply(events(++seq, ...payloads));
  /** The rows with words. */
  const rows = (): string[] => plain(shown.render(60)).filter((row) => row !== "");
  return { transcript, shown, send, rows };
}

const user = (content: string, timestamp?: number): Record<string, unknown> => ({
  role: "user",
  content,
  ...(timestamp !== undefined && { timestamp }),
});
const model = (text: string, timestamp?: number): Record<string, unknown> => ({
  role: "assistant",
  content: [{ type: "text", text }],
  stopReason: "stop",
  ...(timestamp !== undefined && { timestamp }),
});
const end = (message: object): Payload => ({ type: "message_end", message });
const begin: Payload = { type: "message_start", message: { role: "assistant", content: [] } };
const delta = (text: string): Payload => ({
  type: "message_update",
  assistantMessageEvent: { type: "text_delta", contentIndex: 0, delta: text },
});
const items = (...messages: object[]): TranscriptItem[] =>
  messages.map((message, at) => ({ key: `o${at}`, message: message as TranscriptItem["message"] }));
const note = (text: string): TextBlock => new TextBlock(text);

test("TranscriptView of a long history, begins at a message near the end and says that there are earlier ones", () => {
  const all = Array.from({ length: 5000 }, (_, at) => user(`message ${at}`));
  const { shown, rows } = session(transcriptOf(...all));
  const before = rows();
  expect(before[0]).toBe(" … earlier messages: //older shows them");
  expect(before.at(-1)).toBe("› message 4999");
  expect(before.length).toBeGreaterThan(limits.restoredRows / 4);
  expect(shown.render(60).length).toBeLessThanOrEqual(limits.restoredRows * 1.1);
  expect(shown.showEarlier()).toBe(true);
  shown.restore();
  expect(rows().length).toBeGreaterThan(before.length * 1.9);
  expect(rows().at(-1)).toBe("› message 4999");
});

test("TranscriptView of one message that is longer than all that is brought back, shows it", () => {
  const { rows } = session(transcriptOf(user("first"), model("word\n\n".repeat(limits.restoredRows))));
  expect(rows()).toHaveLength(limits.restoredRows + 1);
});

test("TranscriptView of a history that begins within a turn, does not begin with a result whose call is left out", () => {
  const call = (id: string): object => ({
    role: "assistant",
    content: [{ type: "toolCall", id, name: "ls", arguments: {} }],
    stopReason: "toolUse",
  });
  const result = (toolCallId: string): object => ({
    role: "toolResult",
    toolCallId,
    toolName: "ls",
    content: [],
    isError: false,
  });
  const all = Array.from({ length: 4000 }, (_, at) => [call(`c${at}`), result(`c${at}`)]).flat();
  expect(
    session(transcriptOf(...all))
      .rows()
      .slice(0, 3),
  ).toEqual([" … earlier messages: //older shows them", " ls .  ✓", " ls .  ✓"]);
});

test("TranscriptView after older messages came, shows them, and no more that there are earlier ones", () => {
  const { transcript, shown, rows } = session();
  transcript.apply(attached({ before: "page", messages: items(user("later")) }));
  expect(rows()).toEqual([" … earlier messages: //older shows them", "› later"]);
  transcript.apply({
    type: "history",
    session: "s",
    messages: [{ key: "first", message: user("earlier") as TranscriptItem["message"] }],
  });
  expect(rows()).toEqual(["› earlier", "› later"]);
  expect(shown.showEarlier()).toBe(false);
});

test("TranscriptView after older messages came that are more than is brought back, shows more than before", () => {
  const long = Array.from({ length: 1200 }, (_, at) => user(`late ${at}`));
  const { transcript, rows } = session();
  transcript.apply(attached({ before: "page", messages: items(...long) }));
  const before = rows().length;
  const older = Array.from({ length: 400 }, (_, at) => ({
    key: `p${at}`,
    message: user(`early ${at}`) as TranscriptItem["message"],
  }));
  transcript.apply({ type: "history", session: "s", messages: older });
  expect(rows().length).toBeGreaterThan(before + 300);
});

test("note between messages, keeps its place when all is drawn anew", () => {
  const { shown, send, rows } = session();
  shown.note(note("above all"));
  send(end(user("one")));
  shown.note(note("between"));
  send(end(model("two")));
  shown.note(note("below"));
  const expected = [" above all", "› one", " between", " two", " below"];
  expect(rows()).toEqual(expected);
  shown.restore();
  expect(rows()).toEqual(expected);
});

test("note while a message is in flight, stands below it, then and later", () => {
  const { shown, send, rows } = session();
  send(end(user("one")), begin, delta("Half a"));
  shown.note(note("aside"));
  expect(rows()).toEqual(["› one", " Half a", " aside"]);
  send(delta(" sentence"));
  shown.restore();
  expect(rows()).toEqual(["› one", " Half a sentence", " aside"]);
  send(end(model("Half a sentence.")), begin, delta("Next"));
  expect(rows()).toEqual(["› one", " Half a sentence.", " aside", " Next"]);
  shown.restore();
  expect(rows()).toEqual(["› one", " Half a sentence.", " aside", " Next"]);
});

test("note below a message in flight that is never finished, stays below the last one that was", () => {
  const { shown, send, rows } = session();
  send({ type: "agent_start" }, end(user("one")), begin, delta("Half a"));
  shown.note(note("aside"));
  send({ type: "agent_end" });
  expect(rows()).toEqual(["› one", " aside"]);
  shown.restore();
  expect(rows()).toEqual(["› one", " aside"]);
});

test("note, after a snapshot that names all items anew, keeps its place by their times", () => {
  const { transcript, shown, send, rows } = session();
  send(end(user("one", 10)));
  shown.note(note("between"));
  send(end(model("two", 20)));
  transcript.apply(attached({ epoch: "e2", messages: items(user("one", 10), model("two", 20), user("three", 30)) }));
  expect(rows()).toEqual(["› one", " between", " two", "› three"]);
  transcript.apply(attached({ epoch: "e3", messages: items(user("another conversation", 40)) }));
  expect(rows()).toEqual(["› another conversation"]);
});

test("follow, another transcript, shows that one and none of the notes", () => {
  const { shown, rows } = session(transcriptOf(user("one")));
  shown.note(note("aside"));
  shown.follow(transcriptOf(user("another")));
  expect(rows()).toEqual(["› another"]);
});

test("a shell command that ends while a message is in flight, moves above it", () => {
  const { send, rows } = session();
  send(begin, delta("Words"), { type: "pier_bash_start", id: "b", command: "date", excludeFromContext: false });
  expect(rows()).toEqual([" Words", " ! date  running"]);
  send(
    { type: "response", id: "b", command: "bash", success: true, data: { output: "now", exitCode: 0 } },
    delta(" go on"),
  );
  expect(rows()).toEqual([" ! date  ✓", "   now", " Words go on"]);
});

test("dropAbove within a message in flight, then an item above it, is outdated until all is drawn anew", () => {
  const { shown, send } = session();
  send(begin, delta("One.\n\nTwo.\n\nThree.\n\nFour"));
  shown.render(60);
  expect(shown.dropAbove(4, 60)).toBe(3);
  send(delta("."));
  expect([plain(shown.render(60)), shown.outdated]).toEqual([["", " Three.", "", " Four."], false]);
  send({ type: "compaction_end", result: { summary: "short" } });
  expect(shown.outdated).toBe(true);
  shown.restore();
  expect(shown.outdated).toBe(false);
  expect(plain(shown.render(60))).toHaveLength(9);
});

test("a delta, leaves the rows of finished messages the same arrays, and does not look at their items", () => {
  const transcript = new Transcript("s");
  let looks = 0;
  const watched = (message: object): object =>
    new Proxy(message, {
      get(target, key) {
        looks++;
        return Reflect.get(target, key) as unknown;
      },
    });
  transcript.apply(
    attached({ messages: items(...Array.from({ length: 200 }, (_, at) => watched(model(`Message ${at}`)))) }),
  );
  const { shown, send } = session(transcript);
  send(begin, delta("a"));
  const before = shown.render(60);
  looks = 0;
  send(delta("b"));
  const after = shown.render(60);
  expect(looks).toBe(0);
  expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
});
