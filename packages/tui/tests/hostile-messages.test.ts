import fc from "fast-check";
import { expect, test } from "vitest";
import { TranscriptView } from "../src/transcript/transcript-view.ts";
import { events, transcriptOf } from "./support/frames.ts";
import { following } from "./support/sessions.ts";
import { faults, viewOf } from "./support/sight.ts";

const roles = [
  "user",
  "assistant",
  "toolResult",
  "bashExecution",
  "custom",
  "compactionSummary",
  "branchSummary",
  "entry",
  "unheard-of",
];
const character = fc.constantFrom(
  ...Array.from("ab \n\t\r|-*`[]()#>_$<&\\\"'{}"),
  "\u001b",
  "\u009b",
  "\u200f",
  "\u0301",
  "漢",
  "😀",
);
const text = fc.oneof(
  fc.string({
    unit: fc.oneof(
      character,
      fc.nat(0x10ffff).map((code) => String.fromCodePoint(code)),
    ),
    maxLength: 60,
  }),
  fc.constantFrom(
    "\u001b[31mred",
    "\u001b]0;owned\u0007",
    "\u202eevil",
    "a\tb",
    "漢字漢字漢字",
    "👩‍💻👩‍💻",
    "```js\nx",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "- a\n  - b",
    "> > > x",
    "-1 a b\n+1 a c\n 2 d\n   ...",
    "\ud800",
    "e\u0301\u0301",
  ),
);
const json: fc.Arbitrary<unknown> = fc.oneof(
  { depthSize: "small" },
  text,
  fc.jsonValue(),
  fc.record(
    {
      type: fc.constantFrom("text", "thinking", "toolCall", "image", "other"),
      text,
      thinking: text,
      name: fc.oneof(text, fc.constantFrom("bash", "edit", "read", "write", "grep", "find", "ls")),
      id: fc.constantFrom("a", "b"),
      arguments: fc.oneof(
        fc.jsonValue(),
        fc.record(
          { path: text, command: text, content: text, pattern: text, edits: fc.jsonValue() },
          { requiredKeys: [] },
        ),
      ),
      data: text,
      mimeType: text,
      redacted: fc.boolean(),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record(
    {
      elided: fc.constant(true),
      head: text,
      tail: text,
      bytes: fc.oneof(fc.nat(), text),
      href: fc.oneof(fc.constant(null), text),
    },
    { requiredKeys: ["elided"] },
  ),
);
const value = fc.oneof(json, fc.array(json, { maxLength: 4 }));
const message = fc.record(
  {
    role: fc.constantFrom(...roles),
    content: value,
    toolCallId: fc.oneof(fc.constantFrom("a", "b"), value),
    toolName: value,
    details: fc.oneof(value, fc.record({ diff: value })),
    isError: value,
    output: value,
    command: value,
    exitCode: value,
    cancelled: value,
    summary: value,
    tokensBefore: value,
    customType: value,
    stopReason: fc.oneof(value, fc.constantFrom("error", "aborted", "length")),
    errorMessage: value,
    entry: value,
    timestamp: value,
    durationMs: value,
  },
  { requiredKeys: ["role"] },
);

test.each([
  [false, false],
  [true, true],
])("TranscriptView of messages of any shape, expanded %s, gives rows that fit", (expanded, thinking) => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 4 }), fc.integer({ min: 10, max: 120 }), (messages, width) => {
      const transcript = transcriptOf(...messages);
      const rows = new TranscriptView(transcript, viewOf({ expanded, thinking }, "truecolor")).render(width);
      expect(faults(rows, width)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

/** Records in no sensible order, some of them with members of any shape. */
const blocks = ["text", "thinking", "toolcall"] as const;
const update = fc
  .record({ contentIndex: fc.nat(2), step: fc.constantFrom("start", "delta", "end"), delta: text, args: json })
  .map(({ contentIndex, step, delta, args }) => ({
    type: "message_update",
    assistantMessageEvent: {
      type: `${blocks[contentIndex]}_${step}`,
      contentIndex,
      ...(step === "start" && { id: "a", toolName: "bash" }),
      ...(step === "delta" && { delta }),
      ...(step === "end" && {
        content: delta,
        toolCall: { type: "toolCall", id: "b", name: "edit", arguments: { args } },
      }),
    },
  }));
const tool = fc.record({
  type: fc.constantFrom("tool_execution_start", "tool_execution_update", "tool_execution_end"),
  toolCallId: fc.constantFrom("a", "b", "c"),
  toolName: fc.oneof(fc.constantFrom("bash", "read"), value),
  args: value,
  partialResult: fc.oneof(value, fc.record({ content: value })),
  result: fc.oneof(value, fc.record({ content: value, details: value })),
  isError: fc.boolean(),
});
const shell = fc.oneof(
  fc.record({ type: fc.constant("pier_bash_start"), id: fc.constantFrom("x", "y"), command: value }),
  fc.record({ type: fc.constant("bash_execution_update"), id: fc.constantFrom("x", "y"), delta: text }),
  fc.record({
    type: fc.constant("response"),
    command: fc.constant("bash"),
    success: fc.boolean(),
    id: fc.constantFrom("x", "y"),
    data: fc.record({ output: text }),
  }),
);
const anyRecord = fc.oneof(
  { weight: 6, arbitrary: update },
  { weight: 3, arbitrary: tool },
  shell,
  { weight: 2, arbitrary: fc.constant({ type: "message_start", message: { role: "assistant", content: [] } }) },
  { weight: 3, arbitrary: message.map((each) => ({ type: "message_end", message: each })) },
  fc.constantFrom({ type: "agent_start" }, { type: "agent_end" }, { type: "agent_settled" }),
);

test("TranscriptView of records that make no sense, gives rows that fit, and the same ones when drawn anew", () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 25 }), fc.integer({ min: 10, max: 100 }), (records, width) => {
      const { transcript, shown } = following(viewOf({ thinking: true }));
      for (const [at, record] of records.entries()) {
        transcript.apply(events(at + 1, record));
        // Not after each: several changes may come before the next frame.
        const rows = at % 2 === 0 ? shown.render(width) : [];
        expect(faults(rows, width)).toEqual([]);
      }
      const live = shown.render(width);
      shown.restore();
      expect(shown.render(width)).toEqual(live);
    }),
    { numRuns: 400 },
  );
});
