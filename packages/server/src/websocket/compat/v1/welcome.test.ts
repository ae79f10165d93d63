import type { SessionInfo } from "@pier/protocol";
import { expect, test } from "vitest";
import { attachFrames } from "../../../session/attach-frames.ts";
import type { Item } from "../../../session/item-index.ts";
import { JournalFold } from "../../../session/journal-fold.ts";
import { buildWelcome } from "./welcome.ts";

const texts = ["a", "b", "c"].map((name) => `{"role":"user","content":"${name.repeat(10_000)}","n":1.0}`);

test("buildWelcome of a whole transcript, holds every message as it was written", () => {
  expect(messagesOf(attached(texts, 1_000_000))).toBe(`[${texts.join(",")}]`);
});

test.each([
  ["leaves out the oldest", 25_000, texts.slice(1)],
  ["never leaves out the last", 1, texts.slice(2)],
])("buildWelcome of a transcript above the limit, %s", (_what, whole, kept) => {
  expect(messagesOf(attached(texts, whole))).toBe(`[${kept.join(",")}]`);
});

test("buildWelcome, leaves out entries that are no messages of pi", () => {
  const entry = '{"role":"entry","entry":{"type":"new"}}';
  expect(messagesOf(attached([...texts, entry], 1_000_000))).toBe(`[${texts.join(",")}]`);
});

test.each([
  [undefined, 7],
  [3, 7],
  [9, 9],
])("buildWelcome for a client whose last seq is %s, counts on from %i", (lastSeq, currentSeq) => {
  expect(buildWelcome({ serverId: "s", attached: attached([], 1), state: "{}", lastSeq })).toMatchObject({
    currentSeq,
  });
});

test("buildWelcome without pi's answer, says what is known of its state", () => {
  const { frame } = buildWelcome({ serverId: "s", attached: attached([], 1), state: undefined, lastSeq: undefined });
  expect(JSON.parse(frame)).toMatchObject({ sessionState: { isStreaming: false } });
});

function messagesOf(frame: string): string | undefined {
  const welcome = buildWelcome({ serverId: "s", attached: frame, state: "{}", lastSeq: undefined }).frame;
  return /"messages":(.*),"currentSeq"/s.exec(welcome)?.[1];
}

/** The snapshot of a session with these messages. */
function attached(messages: readonly string[], whole: number): string {
  const fold = new JournalFold(7, {
    classify: () => ({ kind: "private" }),
    openFile: () => ({ fromEnd: () => undefined, indexOf: () => -1 }),
    onDialogDropped: () => {},
  });
  messages.forEach((_, start) => fold.items.append({ source: "journal", start, end: start + 1 }));
  const read = ({ start }: Item) => ({ text: messages[start] ?? "", message: () => ({ role: "user" }) as never });
  const info = {} as SessionInfo;
  const [frame = ""] = attachFrames({
    session: "s",
    epoch: "e",
    fold,
    info,
    offered: [],
    cursor: undefined,
    window: undefined,
    whole,
    read,
    journal: null,
  });
  return frame;
}
