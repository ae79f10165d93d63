import fc from "fast-check";
import type { Payload } from "../../src/frames/common.ts";

const words = fc.string({ unit: fc.constantFrom("a", "é", "😀", "\u2028", '"', "\\", "\n"), maxLength: 4 });
const usage = fc.record({ input: fc.nat(9), output: fc.nat(9) });
const ids = fc.constantFrom("a", "b", "__proto__");

type Records = fc.Arbitrary<Payload[]>;

const update = (assistantMessageEvent: object, used: object) => ({
  type: "message_update",
  usage: used,
  assistantMessageEvent,
});

function block(contentIndex: number): Records {
  return fc
    .tuple(fc.constantFrom("text", "thinking", "toolcall"), fc.array(words, { maxLength: 4 }), usage, fc.boolean())
    .map(([kind, deltas, used, ends]) => {
      const call = {
        type: "toolCall",
        id: `call_${contentIndex}`,
        name: "bash",
        arguments: { command: deltas.join("") },
      };
      return [
        update(
          { type: `${kind}_start`, contentIndex, ...(kind === "toolcall" && { id: call.id, toolName: "bash" }) },
          used,
        ),
        ...deltas.map((delta) => update({ type: `${kind}_delta`, contentIndex, delta }, used)),
        ...(ends
          ? [
              update(
                {
                  type: `${kind}_end`,
                  contentIndex,
                  ...(kind === "toolcall" ? { toolCall: call } : { content: deltas.join("") }),
                },
                used,
              ),
            ]
          : []),
      ];
    });
}

const assistantMessage: Records = fc.tuple(fc.nat(3), words).chain(([blocks, text]) =>
  fc.tuple(...Array.from({ length: blocks }, (_, index) => block(index))).map((parts) => {
    const message = { role: "assistant", content: [{ type: "text", text }], timestamp: 1 };
    return [{ type: "message_start", message }, ...parts.flat(), { type: "message_end", message }];
  }),
);

const userMessage: Records = words.map((content) => {
  const message = { role: "user", content };
  return [
    { type: "message_start", message },
    { type: "message_end", message },
  ];
});

/** Tool calls that run one after the other or side by side, and their results in the order of the calls. */
const toolCalls: Records = fc
  .tuple(fc.array(fc.array(words, { maxLength: 3 }), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([runs, parallel]) => {
    const steps = runs.map((partials, index) => {
      const call = { toolCallId: `call_${index}`, toolName: "bash" };
      return [
        { type: "tool_execution_start", ...call, args: { index } },
        ...partials.map((partialResult) => ({
          type: "tool_execution_update",
          ...call,
          args: { index },
          partialResult,
        })),
        { type: "tool_execution_end", ...call, result: { index }, isError: index === 1, durationMs: index },
      ];
    });
    const results = runs.map((_, index) => {
      const message = {
        role: "toolResult",
        toolCallId: `call_${index}`,
        toolName: "bash",
        content: [],
        isError: false,
      };
      return [
        { type: "message_start", message },
        { type: "message_end", message },
      ];
    });
    return parallel
      ? [...interleave(steps), ...results.flat()]
      : steps.flatMap((step, index) => [...step, ...(results[index] ?? [])]);
  });

function interleave<T>(lists: readonly T[][]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

const shellCommand: Records = fc
  .tuple(ids, fc.array(words, { maxLength: 4 }), fc.boolean(), fc.boolean())
  .map(([id, deltas, success, excludeFromContext]) => [
    { type: "pier_bash_start", id, command: "ls", excludeFromContext },
    ...deltas.map((delta) => ({ type: "bash_execution_update", id, delta })),
    {
      type: "response",
      id,
      command: "bash",
      success,
      data: { output: deltas.join(""), exitCode: 0, cancelled: false, truncated: false },
    },
  ]);

const small: Records = fc.oneof(
  fc
    .record({ steering: fc.array(words), followUp: fc.array(words) })
    .map((queue) => [{ type: "queue_update", ...queue }]),
  words.map((name) => [{ type: "session_info_changed", name }]),
  fc.constant<Payload[]>([{ type: "session_info_changed" }]),
  words.map((level) => [{ type: "thinking_level_changed", level }]),
  words.map((sessionName) => [{ type: "response", command: "get_state", success: true, data: { sessionName } }]),
  words.map((summary) => [
    { type: "compaction_start", reason: "manual" },
    { type: "compaction_end", reason: "manual", result: { summary, tokensBefore: 3 }, aborted: false },
  ]),
  fc.constant<Payload[]>([{ type: "turn_end" }, { type: "confetti" }]),
);

const turn: Records = fc
  .tuple(
    fc.array(fc.oneof(assistantMessage, toolCalls, userMessage, small), { maxLength: 5 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([parts, retries, dies]) => [
    { type: "agent_start" },
    // A run that dies leaves what it was at open.
    ...(dies ? parts.flat().slice(0, -1) : parts.flat()),
    { type: "agent_end", messages: [], willRetry: retries },
    ...(retries
      ? [
          { type: "auto_retry_start", attempt: 1, maxAttempts: 3, delayMs: 10, errorMessage: "529" },
          { type: "auto_retry_end", success: true, attempt: 1 },
        ]
      : []),
    { type: "agent_settled" },
  ]);

/** Records as pi writes them, direct shell commands running across everything else. */
export const sensibleRecords: Records = fc
  .tuple(fc.array(fc.oneof(turn, small), { maxLength: 3 }), shellCommand, fc.nat(40))
  .map(([parts, shell, at]) => {
    const records = parts.flat();
    return [...records.slice(0, at), ...interleave([records.slice(at), shell])];
  });

const nonsense = fc.oneof(
  words,
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom(null, [], {}, true, 0.5, 1e9, undefined),
);
const mostly = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: nonsense });
const members = fc.record(
  {
    message: mostly(
      fc.record({ role: mostly(fc.constantFrom("assistant", "user", "toolResult")), toolCallId: mostly(ids) }),
    ),
    usage: mostly(usage),
    assistantMessageEvent: mostly(
      fc.record(
        {
          type: mostly(
            fc
              .tuple(fc.constantFrom("text", "thinking", "toolcall"), fc.constantFrom("start", "delta", "end"))
              .map((parts) => parts.join("_")),
          ),
          contentIndex: mostly(fc.nat(3)),
          delta: mostly(words),
          content: mostly(words),
          id: mostly(ids),
          toolName: mostly(words),
          toolCall: mostly(fc.record({ name: mostly(words), arguments: mostly(fc.constant({ a: 1 })) })),
        },
        { requiredKeys: ["type", "contentIndex", "delta"] },
      ),
    ),
    toolCallId: mostly(ids),
    toolName: mostly(words),
    args: nonsense,
    partialResult: nonsense,
    result: nonsense,
    isError: nonsense,
    durationMs: nonsense,
    id: mostly(ids),
    command: mostly(fc.constantFrom("bash", "get_state")),
    success: mostly(fc.boolean()),
    data: mostly(fc.constant({ output: "x" })),
    delta: mostly(words),
    steering: nonsense,
    followUp: nonsense,
    reason: nonsense,
    attempt: nonsense,
    level: nonsense,
    name: nonsense,
  },
  { requiredKeys: ["toolCallId", "message", "assistantMessageEvent", "id"] },
);
const types = fc.constantFrom(
  "message_start",
  "message_update",
  "message_update",
  "message_update",
  "message_end",
  "agent_end",
  "agent_settled",
  "tool_execution_start",
  "tool_execution_update",
  "tool_execution_end",
  "pier_bash_start",
  "bash_execution_update",
  "response",
  "queue_update",
  "compaction_start",
  "compaction_end",
  "auto_retry_start",
  "thinking_level_changed",
  "session_info_changed",
  "__proto__",
);

/** Records in any order with members of any kind, as only a broken pi would write them. */
export const senselessRecords: Records = fc.array(
  fc.tuple(types, members).map(([type, rest]) => JSON.parse(JSON.stringify({ ...rest, type })) as Payload),
  { maxLength: 40 },
);
