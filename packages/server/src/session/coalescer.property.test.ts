import { LiveState, type Payload } from "@pier/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Coalescer } from "./coalescer.ts";
import { withoutRepetition } from "./without-repetition.ts";

const kinds = fc.constantFrom("text", "thinking", "toolcall");
const ids = fc.constantFrom("a", "b");
const usage = fc.constantFrom(undefined, { input: 1, output: 1 }, { input: 1, output: 2 });
const delta = fc.string({ unit: "binary", maxLength: 5 });

const update = fc
  .record({
    kind: kinds,
    step: fc.constantFrom("start", "delta", "delta", "delta", "end"),
    contentIndex: fc.nat(2),
    delta,
    usage,
    id: ids,
  })
  .map(({ kind, step, contentIndex, delta: text, usage: used, id }): Payload => {
    const event: Record<string, unknown> = { type: `${kind}_${step}`, contentIndex };
    if (step === "delta") event.delta = text;
    if (step === "start" && kind === "toolcall") Object.assign(event, { id, toolName: "bash" });
    if (step === "end")
      Object.assign(
        event,
        kind === "toolcall" ? { toolCall: { type: "toolCall", id, name: "bash", arguments: {} } } : { content: text },
      );
    return { type: "message_update", ...(used && { usage: used }), assistantMessageEvent: event };
  });

const message = fc.record({ role: fc.constantFrom("user", "assistant", "system"), content: fc.constant([]) });
const record: fc.Arbitrary<Payload> = fc.oneof(
  { weight: 12, arbitrary: update },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom("message_start", "message_end"), message }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom(
        "tool_execution_start",
        "tool_execution_update",
        "tool_execution_update",
        "tool_execution_end",
      ),
      toolCallId: ids,
      toolName: fc.constant("bash"),
      args: fc.constant({}),
      partialResult: fc.nat(9),
      result: fc.nat(9),
      isError: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("bash_execution_update"), id: ids, delta }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("pier_bash_start"), id: ids, command: fc.constant("ls") }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("response"),
      command: fc.constant("bash"),
      id: ids,
      success: fc.boolean(),
      data: fc.constant({ output: "x" }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constantFrom("agent_start", "agent_settled"), messages: fc.constant([]) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom("agent_end", "turn_end"),
      message,
      messages: fc.constant(["long"]),
      toolResults: fc.constant([]),
    }),
  },
);

/** Only the first of two updates that are joined says the usage. */
const usageOnce: [Payload, number][] = [
  [{ type: "message_start", message: { role: "user", content: [] } }, 0],
  ...[{ input: 1, output: 1 }, undefined].map((used, at): [Payload, number] => [
    {
      type: "message_update",
      ...(used && { usage: used }),
      assistantMessageEvent: { type: "text_delta", contentIndex: 0, delta: "a" },
    },
    at === 0 ? 1 : 0,
  ]),
];

test("Coalescer, any records taken at any points, folds to what the records themselves fold to", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(record, fc.integer({ max: 3, min: 0 })), { maxLength: 60 }), (steps) => {
      const plain = new LiveState();
      const joined = new LiveState();
      const coalescer = new Coalescer();
      const finished: { plain: unknown[]; joined: unknown[] } = { plain: [], joined: [] };
      const take = (): void => {
        for (const text of coalescer.take()) finished.joined.push(joined.apply(JSON.parse(text) as Payload));
        expect(coalescer.empty).toBe(true);
        expect(joined).toEqual(plain);
      };
      for (const [value, cut] of steps) {
        finished.plain.push(plain.apply(value));
        coalescer.push(withoutRepetition({ text: JSON.stringify(value), value }));
        if (cut === 0) take();
      }
      take();
      expect(finished.joined.filter(Boolean)).toEqual(finished.plain.filter(Boolean));
    }),
    { numRuns: 500, examples: [[usageOnce]] },
  );
});

test("Coalescer, deltas of one block without usage between, become one record, and the rest stays as it was written", () => {
  const coalescer = new Coalescer();
  const push = (text: string): void => coalescer.push({ text, value: JSON.parse(text) as Payload });
  push('{"type":"agent_start", "big":12345678901234567890}');
  for (const word of ["a", "b", "c"]) {
    push(`{"type":"message_update","assistantMessageEvent":{"type":"text_delta","contentIndex":0,"delta":"${word}"}}`);
  }
  push('{"type":"message_update","assistantMessageEvent":{"type":"text_delta","contentIndex":1,"delta":"d"}}');
  const [start, joined, other, ...more] = coalescer.take();
  expect(start).toBe('{"type":"agent_start", "big":12345678901234567890}');
  expect(JSON.parse(joined as string)).toEqual({
    type: "message_update",
    assistantMessageEvent: { type: "text_delta", contentIndex: 0, delta: "abc" },
  });
  expect(JSON.parse(other as string)).toMatchObject({ assistantMessageEvent: { contentIndex: 1, delta: "d" } });
  expect(more).toEqual([]);
});
