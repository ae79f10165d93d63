import fc from "fast-check";
import { expect, test } from "vitest";
import { TranscriptView } from "../src/transcript/transcript-view.ts";
import { transcriptOf } from "./support/frames.ts";
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
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
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
