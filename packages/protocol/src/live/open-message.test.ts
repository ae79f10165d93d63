import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { type OpenMessage, openMessageEvents, updateOpenMessage } from "./open-message.ts";

const text = (open: OpenMessage) => open.blocks.map((block) => block.text);

function opened(...events: unknown[]): OpenMessage {
  const open: OpenMessage = { start: { role: "assistant", content: [] }, blocks: [] };
  for (const event of events) updateOpenMessage(open, { type: "message_update", assistantMessageEvent: event });
  return open;
}

describe("updateOpenMessage", () => {
  test("a block's start, deltas and end, give its authoritative content", () => {
    const open = opened(
      { type: "thinking_start", contentIndex: 0 },
      { type: "thinking_delta", contentIndex: 0, delta: "h" },
      { type: "thinking_delta", contentIndex: 0, delta: "m" },
      { type: "thinking_end", contentIndex: 0, content: "Hm." },
    );
    expect(open.blocks).toEqual([{ contentIndex: 0, kind: "thinking", text: "Hm.", ended: true }]);
  });

  test("a tool call, has its arguments as text until its end gives the call", () => {
    const toolCall = { type: "toolCall", id: "c", name: "bash", arguments: { command: "ls" } };
    const start = { type: "toolcall_start", contentIndex: 0, id: "c", toolName: "bash" };
    const open = opened(start, { type: "toolcall_delta", contentIndex: 0, delta: '{"comm' });
    expect(open.blocks).toEqual([
      { contentIndex: 0, kind: "toolcall", id: "c", toolName: "bash", text: '{"comm', ended: false },
    ]);
    updateOpenMessage(open, {
      type: "message_update",
      assistantMessageEvent: { type: "toolcall_end", contentIndex: 0, toolCall },
    });
    expect(open.blocks[0]).toMatchObject({ toolCall, ended: true });
  });

  test("content indexes out of order and with gaps, keep their order and leave no holes", () => {
    const open = opened(
      { type: "text_delta", contentIndex: 900, delta: "c" },
      { type: "text_delta", contentIndex: 2, delta: "a" },
      { type: "text_delta", contentIndex: 5, delta: "b" },
    );
    expect(open.blocks.length).toBe(3);
    expect(open.blocks.map((block) => [block.contentIndex, block.text])).toEqual([
      [2, "a"],
      [5, "b"],
      [900, "c"],
    ]);
  });

  test("the highest content index, is kept; the one above is not", () => {
    const at = (contentIndex: unknown) => opened({ type: "text_delta", contentIndex, delta: "x" }).blocks.length;
    expect(at(limits.openBlocks - 1)).toBe(1);
    expect(at(limits.openBlocks)).toBe(0);
  });

  test.each([1e9, -1, 0.5, NaN, Infinity, "0", null, undefined, {}])("content index %j, is ignored", (contentIndex) => {
    expect(opened({ type: "text_delta", contentIndex, delta: "x" }).blocks).toEqual([]);
  });

  test.each([7, null, undefined, {}, ["x"]])("a delta, content, id or tool name that is %j, is ignored", (value) => {
    const open = opened(
      { type: "toolcall_start", contentIndex: 0, id: value, toolName: value },
      { type: "toolcall_delta", contentIndex: 0, delta: value },
      { type: "text_delta", contentIndex: 1, delta: "kept" },
      { type: "text_end", contentIndex: 1, content: value },
    );
    expect(open.blocks).toEqual([
      { contentIndex: 0, kind: "toolcall", text: "", ended: false },
      { contentIndex: 1, kind: "text", text: "kept", ended: true },
    ]);
  });

  test.each([undefined, null, "x", {}, { name: "bash" }, { name: "bash", arguments: [] }])(
    "tool call %j at an end, ends without it",
    (toolCall) => {
      const [block] = opened({ type: "toolcall_end", contentIndex: 0, toolCall }).blocks;
      expect(block).toEqual({ contentIndex: 0, kind: "toolcall", text: "", ended: true });
    },
  );

  test("a delta of another kind than its block, or after its end, is ignored", () => {
    const open = opened(
      { type: "text_delta", contentIndex: 0, delta: "a" },
      { type: "thinking_delta", contentIndex: 0, delta: "b" },
      { type: "toolcall_end", contentIndex: 0, toolCall: { name: "n", arguments: {} } },
      { type: "text_end", contentIndex: 0 },
      { type: "text_delta", contentIndex: 0, delta: "c" },
    );
    expect(open.blocks).toEqual([{ contentIndex: 0, kind: "text", text: "a", ended: true }]);
  });

  test("a second start of a block, begins it anew", () => {
    const open = opened(
      { type: "text_delta", contentIndex: 0, delta: "a" },
      { type: "text_end", contentIndex: 0 },
      { type: "thinking_start", contentIndex: 0 },
    );
    expect(open.blocks).toEqual([{ contentIndex: 0, kind: "thinking", text: "", ended: false }]);
  });

  test.each([undefined, null, "x", [], {}, { type: 7 }, { type: "start" }, { type: "text_middle", contentIndex: 0 }])(
    "event %j, changes nothing",
    (event) => {
      expect(opened(event).blocks).toEqual([]);
    },
  );

  test("text up to the limit, is kept; what follows waits for the message's end", () => {
    const half = "x".repeat(limits.openText / 2);
    const open = opened(
      { type: "thinking_delta", contentIndex: 0, delta: half },
      { type: "text_delta", contentIndex: 1, delta: half },
      { type: "text_delta", contentIndex: 1, delta: "more" },
      { type: "text_end", contentIndex: 1, content: `${half}more` },
      { type: "text_delta", contentIndex: 2, delta: "more" },
    );
    expect(text(open)).toEqual([half, half, ""]);
    expect(openMessageEvents(open).length).toBe(6);
  });

  test("usage that is none, keeps the one before", () => {
    const open = opened();
    const usage = { input: 1 };
    for (const value of [usage, undefined, null, 7]) updateOpenMessage(open, { type: "message_update", usage: value });
    expect(open.usage).toEqual(usage);
  });
});

describe("openMessageEvents", () => {
  test("an ended block, is its start and its end; the last update alone has the usage", () => {
    const open = opened(
      { type: "text_delta", contentIndex: 0, delta: "a" },
      { type: "text_end", contentIndex: 0, content: "ab" },
    );
    updateOpenMessage(open, { type: "message_update", usage: { input: 1 } });
    expect(openMessageEvents(open)).toEqual([
      { type: "message_start", message: open.start },
      { type: "message_update", assistantMessageEvent: { type: "text_start", contentIndex: 0 } },
      {
        type: "message_update",
        usage: { input: 1 },
        assistantMessageEvent: { type: "text_end", contentIndex: 0, content: "ab" },
      },
    ]);
  });

  test("usage before any block, is not lost", () => {
    const open = opened();
    updateOpenMessage(open, { type: "message_update", usage: { input: 1 } });
    expect(openMessageEvents(open)).toHaveLength(2);
  });
});
