import type { Payload } from "@pier/protocol";
import fc from "fast-check";

type Records = fc.Arbitrary<Payload[]>;

const words = fc.string({ unit: fc.constantFrom("a", "é", "😀", " ", "\n"), maxLength: 4 });
const times = fc.nat(3);
const tools = fc.constantFrom("read", "grep", "bash", "edit");

/** A message at once, as those are that no model writes. */
function whole(message: object): Payload[] {
  return [
    { type: "message_start", message },
    { type: "message_end", message },
  ];
}

const prose: Records = fc.tuple(fc.array(words, { maxLength: 4 }), times).map(([deltas, timestamp]) => {
  const start = { role: "assistant", content: [], timestamp };
  const content = [{ type: "text", text: deltas.join("") }];
  return [
    { type: "message_start", message: start },
    ...deltas.map((delta) => update({ type: "text_delta", contentIndex: 0, delta })),
    { type: "message_end", message: { ...start, content, stopReason: "stop" } },
  ];
});

/** A thought and calls, which run one after the other; `isError` of some. Ids come again, as some providers give them. */
const work: Records = fc
  .tuple(words, fc.array(fc.tuple(tools, fc.nat(5), fc.boolean()), { minLength: 1, maxLength: 4 }), times)
  .map(([thought, calls, timestamp]) => {
    const start = { role: "assistant", content: [], timestamp };
    const parts = calls.map(([name, id]) => ({ type: "toolCall", id: `call_${id}`, name, arguments: { path: name } }));
    const content = [{ type: "thinking", thinking: thought }, ...parts];
    return [
      { type: "message_start", message: start },
      update({ type: "thinking_delta", contentIndex: 0, delta: thought }),
      ...parts.map((toolCall, at) => update({ type: "toolcall_end", contentIndex: at + 1, toolCall })),
      { type: "message_end", message: { ...start, content, stopReason: "toolUse" } },
      ...calls.flatMap(([toolName, id, isError]) => run(`call_${id}`, toolName, isError)),
    ];
  });

function run(toolCallId: string, toolName: string, isError: boolean): Payload[] {
  const result = { content: [{ type: "text", text: "done" }] };
  return [
    { type: "tool_execution_start", toolCallId, toolName, args: {} },
    { type: "tool_execution_update", toolCallId, toolName, args: {}, partialResult: result },
    { type: "tool_execution_end", toolCallId, toolName, result, isError, durationMs: 5 },
    ...whole({ role: "toolResult", toolCallId, toolName, ...result, isError, timestamp: 1 }),
  ];
}

const broken: Records = fc.constantFrom("error", "aborted", "length").map((stopReason) => {
  const content = [{ type: "toolCall", id: "call_0", name: "bash", arguments: {} }];
  return whole({ role: "assistant", content, stopReason, errorMessage: "529", timestamp: 1 });
});

const others: Records = fc.oneof(
  fc.tuple(words, times).map(([content, timestamp]) => whole({ role: "user", content, timestamp })),
  fc.boolean().map((display) => whole({ role: "custom", customType: "note", content: "x", display, timestamp: 1 })),
  fc.constant(whole({ role: "confetti", timestamp: 1 })),
  words.map((summary) => [
    { type: "compaction_start", reason: "manual" },
    { type: "compaction_end", reason: "manual", result: { summary, tokensBefore: 3 }, aborted: false },
  ]),
  fc.constantFrom("a", "b").map((id) => [
    { type: "pier_bash_start", id, command: "ls", excludeFromContext: false },
    { type: "bash_execution_update", id, delta: "x" },
    { type: "response", id, command: "bash", success: true, data: { output: "x", exitCode: 0 } },
  ]),
);

const turn: Records = fc
  .tuple(fc.array(fc.oneof(prose, work, work, others, broken), { maxLength: 6 }), fc.boolean())
  .map(([parts, dies]) => [
    { type: "agent_start" },
    // A run that dies leaves what it was at open.
    ...(dies ? parts.flat().slice(0, -1) : parts.flat()),
    { type: "agent_end", messages: [] },
    { type: "agent_settled" },
  ]);

/** Records as pi writes them. */
export const sensibleRecords: Records = fc.array(fc.oneof(turn, others), { maxLength: 4 }).map((parts) => parts.flat());

/** The same in a wrong order, some left out, as only a broken pi would write them. */
export const senselessRecords: Records = sensibleRecords.chain((records) => fc.shuffledSubarray(records));

function update(assistantMessageEvent: object): Payload {
  return { type: "message_update", assistantMessageEvent };
}
