import type { Payload } from "@pier/protocol";
import fc from "fast-check";
import { anyMarkdown } from "./arbitrary-markdown.ts";

/** What pi writes of one turn, in its order; ids are made unique by their place in the session. */
type Turn = (id: string) => Payload[];

const user = fc.constantFrom("Hello", "Two\nlines", "/skill:x do it").map(
  (text): Turn =>
    () =>
      said({ role: "user", content: [{ type: "text", text }] }),
);

const text = anyMarkdown.map((words) => words.slice(0, 400));
const pieces = (words: string, size: number): string[] => words.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
const size = fc.integer({ min: 1, max: 60 });

interface Call {
  name: string;
  args: Record<string, unknown>;
  output: string;
  details?: unknown;
  isError: boolean;
  updates: number;
  fate: "answered" | "unanswered";
}

const call: fc.Arbitrary<Call> = fc
  .tuple(
    fc.constantFrom(
      { name: "bash", args: { command: "npm test" } },
      { name: "read", args: { path: "/home/ada/project/src/a.ts", offset: 3 } },
      {
        name: "edit",
        args: { path: "src/a.ts", edits: [{ oldText: "a", newText: "b" }] },
        details: { diff: "-1 a\n+1 b" },
      },
      { name: "ask_someone", args: { who: "Grace" } },
    ),
    text,
    fc.boolean(),
    fc.nat(2),
    fc.constantFrom<Call["fate"]>("answered", "answered", "answered", "unanswered"),
  )
  .map(([tool, output, isError, updates, fate]): Call => ({ ...tool, output, isError, updates, fate }));

const assistant = fc
  .tuple(
    fc.option(text),
    fc.option(text),
    fc.array(call, { maxLength: 3 }),
    size,
    fc.constantFrom(undefined, undefined, "error", "aborted", "length"),
  )
  .map(([thinking, words, calls, length, ended]): Turn => (id) => {
    const calling = ended === undefined && calls.length > 0;
    const asked = calls.map(({ name, args }, at) => ({ type: "toolCall", id: `${id}.${at}`, name, arguments: args }));
    const content = [
      ...(thinking === null ? [] : [{ type: "thinking", thinking }]),
      ...(words === null ? [] : [{ type: "text", text: words }]),
      ...asked,
    ];
    const stopReason = ended ?? (calling ? "toolUse" : "stop");
    return [
      { type: "message_start", message: { role: "assistant", content: [], stopReason: "pending" } },
      ...content.flatMap((part, index) => updates(part, index, length)),
      { type: "message_end", message: { role: "assistant", content, stopReason, errorMessage: "529: overloaded" } },
      ...(calling ? calls.flatMap((each, at) => ran(each, `${id}.${at}`)) : []),
    ];
  });

function updates(part: Record<string, unknown>, contentIndex: number, length: number): Payload[] {
  const kind = part["type"] === "toolCall" ? "toolcall" : String(part["type"]);
  const whole = (part["text"] ?? part["thinking"] ?? JSON.stringify(part["arguments"])) as string;
  const update = (event: Record<string, unknown>): Payload => ({
    type: "message_update",
    assistantMessageEvent: { contentIndex, ...event },
  });
  return [
    update({ type: `${kind}_start`, ...(kind === "toolcall" && { id: part["id"], toolName: part["name"] }) }),
    ...pieces(whole, length).map((delta) => update({ type: `${kind}_delta`, delta })),
    update({ type: `${kind}_end`, ...(kind === "toolcall" ? { toolCall: part } : { content: whole }) }),
  ];
}

function ran({ name, args, output, details, isError, updates: count, fate }: Call, toolCallId: string): Payload[] {
  const result = { content: [{ type: "text", text: output }], ...(details !== undefined && { details }) };
  const about = { toolCallId, toolName: name };
  const partial = Array.from({ length: count }, (_, at) => ({
    content: [{ type: "text", text: output.slice(0, at * 50) }],
  }));
  return [
    { type: "tool_execution_start", ...about, args },
    ...partial.map((partialResult) => ({ type: "tool_execution_update", ...about, args, partialResult })),
    ...(fate === "answered"
      ? [
          { type: "tool_execution_end", ...about, result, isError, durationMs: 1234 },
          ...said({ role: "toolResult", ...about, ...result, isError, durationMs: 1234 }),
        ]
      : []),
  ];
}

const shell = fc.tuple(text, fc.boolean(), fc.nat(3)).map(([output, excludeFromContext, exitCode]): Turn => (id) => [
  { type: "pier_bash_start", id, command: "git status", excludeFromContext },
  { type: "bash_execution_update", id, delta: output },
  {
    type: "response",
    id,
    command: "bash",
    success: true,
    data: { output, exitCode, cancelled: false, truncated: false },
  },
]);

const other = fc
  .constantFrom<Payload[]>(
    said({ role: "custom", customType: "note", content: "**From** an extension", display: true }),
    said({ role: "custom", customType: "note", content: "hidden", display: false }),
    [
      { type: "compaction_start", reason: "manual" },
      { type: "compaction_end", result: { summary: "All *before*.", tokensBefore: 1234 } },
    ],
    said({ role: "unheard-of", what: [1, 2] }),
    [{ type: "agent_end" }, { type: "agent_settled" }],
  )
  .map(
    (records): Turn =>
      () =>
        records,
  );

function said(message: Record<string, unknown>): Payload[] {
  return [
    { type: "message_start", message },
    { type: "message_end", message },
  ];
}

/** Records of a session as pi writes them; a direct shell command runs beside what else goes on. */
export const sessionRecords: fc.Arbitrary<Payload[]> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 2, arbitrary: user }, { weight: 4, arbitrary: assistant }, other), { maxLength: 8 }),
    fc.array(fc.tuple(shell, fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 })), { maxLength: 2 }),
  )
  .map(([turns, shells]) => {
    const records = begun([[{ type: "agent_start" }], ...turns.map((turn, at) => turn(`t${at}`))]);
    for (const [at, [run, places]] of shells.entries()) {
      const sorted = places.map((place) => place % records.length).toSorted((a, b) => b - a);
      for (const [index, record] of run(`s${at}`).toReversed().entries())
        records.splice((sorted[index] ?? 0) + 1, 0, record);
    }
    return records;
  });

/** No model answers outside of a run: after the end of one, the next begins. */
function begun(turns: readonly Payload[][]): Payload[] {
  let isRunning = false;
  return turns.flatMap((records) => {
    const [first] = records;
    const begins =
      !isRunning && first?.type === "message_start" && (first["message"] as { role?: string }).role === "assistant";
    isRunning = begins || first?.type === "agent_start" || (isRunning && first?.type !== "agent_end");
    return begins ? [{ type: "agent_start" }, ...records] : records;
  });
}
