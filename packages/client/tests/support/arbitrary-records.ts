import type { Payload } from "@pier/protocol";
import fc from "fast-check";

const text = fc.string({ maxLength: 6 });
const message = fc.record({ role: fc.constantFrom("user", "assistant", "custom"), content: text });

/** A block's kind follows from its index, as within one message it must not change. */
const kinds = ["thinking", "text", "toolcall"] as const;
const usage = fc.option(fc.record({ input: fc.nat(99), output: fc.nat(99) }), { nil: undefined });
const update = fc
  .record({ contentIndex: fc.nat(2), step: fc.constantFrom("start", "delta", "end"), delta: text, usage })
  .map(({ contentIndex, step, delta, ...rest }): Payload => {
    const event: Record<string, unknown> = { type: `${kinds[contentIndex]}_${step}`, contentIndex };
    if (step === "delta") event["delta"] = delta;
    if (step === "end" && contentIndex === 2)
      event["toolCall"] = { type: "toolCall", id: "t1", name: delta, arguments: {} };
    if (step === "end" && contentIndex < 2) event["content"] = delta;
    if (step === "start" && contentIndex === 2) Object.assign(event, { id: "t1", toolName: "bash" });
    return { type: "message_update", ...rest, assistantMessageEvent: event };
  });

const toolCallId = fc.constantFrom("t1", "t2");
const tool = fc.oneof(
  fc.record({
    type: fc.constant("tool_execution_start"),
    toolCallId,
    toolName: fc.constant("bash"),
    args: fc.record({ command: text }),
  }),
  fc.record({
    type: fc.constant("tool_execution_update"),
    toolCallId,
    toolName: fc.constant("bash"),
    partialResult: text,
  }),
  fc.record({
    type: fc.constant("tool_execution_end"),
    toolCallId,
    toolName: fc.constant("bash"),
    result: text,
    isError: fc.boolean(),
  }),
  fc
    .record({ role: fc.constant("toolResult"), toolCallId, content: text })
    .map((result): Payload => ({ type: "message_end", message: result })),
);

const bashId = fc.constantFrom("b1", "b2");
const bash = fc.oneof(
  fc.record({ type: fc.constant("pier_bash_start"), id: bashId, command: text, excludeFromContext: fc.boolean() }),
  fc.record({ type: fc.constant("bash_execution_update"), id: bashId, delta: text }),
  fc.record({
    type: fc.constant("response"),
    command: fc.constant("bash"),
    id: bashId,
    success: fc.boolean(),
    data: fc.record({ output: text, cancelled: fc.boolean(), truncated: fc.boolean() }),
  }),
);

const session = fc.oneof(
  fc.constantFrom<Payload>(
    { type: "agent_start" },
    { type: "agent_end" },
    { type: "agent_settled" },
    { type: "compaction_start", reason: "manual" },
    { type: "compaction_end", result: { summary: "short", tokensBefore: 9 } },
    { type: "compaction_end", aborted: true },
    { type: "auto_retry_end" },
    { type: "unheard_of", value: 1 },
  ),
  fc.record({
    type: fc.constant("queue_update"),
    steering: fc.array(text, { maxLength: 2 }),
    followUp: fc.array(text, { maxLength: 2 }),
  }),
  fc.record({
    type: fc.constant("auto_retry_start"),
    attempt: fc.nat(3),
    maxAttempts: fc.constant(3),
    delayMs: fc.nat(99),
    errorMessage: text,
  }),
  fc.record({ type: fc.constant("thinking_level_changed"), level: text }),
  fc.record({ type: fc.constant("session_info_changed"), name: fc.option(text, { nil: undefined }) }),
  fc.record({
    type: fc.constant("response"),
    command: fc.constant("get_state"),
    success: fc.boolean(),
    data: fc.record({ thinkingLevel: text }),
  }),
);

/** Records of pi in any order, sensible or not. */
export const records: fc.Arbitrary<Payload> = fc.oneof(
  { weight: 2, arbitrary: message.map((start): Payload => ({ type: "message_start", message: start })) },
  { weight: 5, arbitrary: update },
  { weight: 2, arbitrary: message.map((end): Payload => ({ type: "message_end", message: end })) },
  { weight: 3, arbitrary: tool },
  { weight: 2, arbitrary: bash },
  { weight: 3, arbitrary: session },
);

export const dialogIds = ["d1", "d2"] as const;

/** Requests of extensions. */
export const requests: fc.Arbitrary<Payload> = fc
  .oneof(
    fc.record({ id: fc.constantFrom(...dialogIds), method: fc.constantFrom("select", "confirm"), title: text }),
    fc.record({
      id: fc.constant("u"),
      method: fc.constant("setStatus"),
      statusKey: fc.constantFrom("a", "b"),
      statusText: fc.option(text, { nil: undefined }),
    }),
    fc.record({
      id: fc.constant("u"),
      method: fc.constant("setWidget"),
      widgetKey: fc.constantFrom("a", "b"),
      widgetLines: fc.option(fc.array(text, { maxLength: 2 }), { nil: undefined }),
    }),
    fc.record({ id: fc.constant("u"), method: fc.constant("setTitle"), title: text }),
    fc.record({ id: fc.constant("u"), method: fc.constant("notify"), message: text }),
  )
  .map((request) => ({ type: "extension_ui_request", ...request }));
