import type { Payload } from "@pier/protocol";
import type { View } from "../../src/transcript/view.ts";
import { attached, transcriptOf } from "./frames.ts";

/** A moment of a conversation. */
export interface Scene {
  name: string;
  messages?: readonly object[];
  /** Records of what is in flight. */
  tail?: readonly Payload[];
  running?: boolean;
  view?: Partial<View>;
}

interface Tool {
  name: string;
  args: Record<string, unknown>;
  output: string;
  details?: unknown;
  error: string;
}

const code = ["export function greet(name: string): string {", "\treturn `Hello, ${name}!`;", "}"].join("\n");
const test = [
  "",
  "> project@1.0.0 test",
  "> vitest run",
  "",
  " ✓ src/a.test.ts (3 tests)",
  " ✓ src/b.test.ts (1 test)",
  "",
  " Tests  4 passed",
].join("\n");

export const tools: readonly Tool[] = [
  {
    name: "bash",
    args: { command: "npm test" },
    output: test,
    error: `${test.replace("4 passed", "1 failed")}\n\nCommand exited with code 1`,
  },
  {
    name: "edit",
    args: { path: "/home/ada/project/src/greet.ts", edits: [{ oldText: "Hello", newText: "Good morning" }] },
    output: "Successfully replaced 1 block(s) in src/greet.ts.",
    details: {
      diff: [
        "    ...",
        "  8 export function greet(name: string): string {",
        "- 9 \treturn `Hello, ${name}!`;",
        "+ 9 \treturn `Good morning, ${name}!`;",
        "+10 \t// a line that is so long that it has to be broken on every screen that this is shown on, wide or not",
        " 11 }",
        "    ...",
      ].join("\n"),
    },
    error:
      "Could not find the exact text in /home/ada/project/src/greet.ts. The old text must match exactly including all whitespace and newlines.",
  },
  {
    name: "read",
    args: { path: "/home/ada/project/src/greet.ts", offset: 10, limit: 31 },
    output: code,
    error: "ENOENT: no such file or directory, access '/home/ada/project/src/greet.ts'",
  },
  {
    name: "write",
    args: { path: "/home/ada/notes/a-file-with-a-rather-long-name.md", content: "# Notes\n\n- one\n- two\n" },
    output: "Successfully wrote 22 bytes",
    error: "EACCES: permission denied, open '/home/ada/notes/a-file-with-a-rather-long-name.md'",
  },
  {
    name: "grep",
    args: { pattern: "greet\\(", path: "src", glob: "*.ts" },
    output: "src/greet.ts:8: export function greet(name: string)\nsrc/main.ts:2: greet('Ada');",
    error: "Path not found: /home/ada/project/src",
  },
  {
    name: "find",
    args: { pattern: "**/*.test.ts", path: "/srv/other" },
    output: "a.test.ts\nb.test.ts",
    error: "Path not found: /srv/other",
  },
  { name: "ls", args: {}, output: "README.md\nsrc/\npackage.json", error: "Not a directory" },
  {
    name: "ask_someone",
    args: { who: "Grace", question: "Is this right?\nReally?", options: ["yes", "no"], deep: { a: { b: 1 } } },
    output: "yes",
    error: "Nobody answered.\nThey are all away.",
  },
];

/** A tool call in each of its states. */
export function toolScenes({ name, args, output, details, error }: Tool): Scene[] {
  const call = { type: "toolCall", id: "c1", name, arguments: args };
  const json = JSON.stringify(args);
  const asks = { role: "assistant", content: [call], stopReason: "toolUse" };
  const about = { toolCallId: "c1", toolName: name };
  const content = (text: string): object[] => [{ type: "text", text }];
  const start: Payload = { type: "tool_execution_start", ...about, args };
  const answer = { role: "toolResult", ...about, content: content(output), details, isError: false, durationMs: 3210 };
  const failure = { role: "toolResult", ...about, content: content(error), isError: true, durationMs: 45_000 };
  const partial = { content: content(output.split("\n").slice(0, -1).join("\n")) };
  return [
    {
      name: "its arguments come",
      running: true,
      tail: [...opened("toolcall", json.slice(0, Math.floor(json.length * 0.6)), { id: "c1", toolName: name })],
    },
    { name: "it waits for others", running: true, messages: [asks] },
    {
      name: "it runs",
      running: true,
      messages: [asks],
      tail: [start, { type: "tool_execution_update", ...about, args, partialResult: partial }],
    },
    { name: "done", messages: [asks, answer] },
    { name: "done, unfolded", messages: [asks, answer], view: { expanded: true } },
    { name: "failed", messages: [asks, failure] },
    { name: "failed, unfolded", messages: [asks, failure], view: { expanded: true } },
    { name: "the message was aborted", messages: [{ ...asks, stopReason: "aborted" }] },
    { name: "pi ended while it ran", messages: [asks] },
  ];
}

const png = `iVBORw0KGgoAAAANSUhEUgAAAoAAAAHgCAYAAAA10dzkAAAA${"A".repeat(400)}`;
const elided = (head: string, tail: string): object => ({ elided: true, bytes: 52_000, href: "/x", head, tail });
const markdown =
  "## A heading\n\nWords with **bold**, *slanted*, `code` and [a link](https://example.org/page).\n- one\n- two\n  1. inner\n\n> A quote\n\n| name | what |\n|------|------|\n| a | the first of them |\n| b | 漢字 😀 |\n\n```ts\nconst a = 1;\n```\n\nThe end.";

export const messageScenes: readonly Scene[] = [
  {
    name: "a person",
    messages: [
      {
        role: "user",
        content:
          "What does this folder hold? **This** stays as it is.\n\nSecond paragraph, long enough to be broken on a narrow screen.",
      },
    ],
  },
  {
    name: "a person, with images",
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "Look:" },
          { type: "image", mimeType: "image/png", data: png },
          { type: "image", mimeType: "image/jpeg", data: elided("/9j/4AAQ", "//Z") },
        ],
      },
    ],
  },
  {
    name: "a person, with a long text that was not sent whole",
    messages: [{ role: "user", content: elided("The first words", "the last words.") }],
  },
  {
    name: "the model",
    messages: [{ role: "assistant", content: [{ type: "text", text: markdown }], stopReason: "stop" }],
  },
  {
    name: "the model, while it writes code",
    running: true,
    tail: [...opened("text", "Here:\n```ts\nconst a = 1;\nconst b")],
  },
  {
    name: "the model thinks",
    running: true,
    tail: [
      ...opened(
        "thinking",
        Array.from({ length: 12 }, (_, at) => `Thought ${at + 1} is about something that matters.`).join("\n"),
      ),
    ],
  },
  { name: "it thought", messages: [thought({})] },
  { name: "it thought, thinking shown", messages: [thought({})], view: { thinking: true } },
  {
    name: "it thought, and nobody may know what",
    messages: [thought({ redacted: true, thinking: "" })],
    view: { thinking: true },
  },
  {
    name: "the model cannot be reached",
    messages: [{ role: "assistant", content: [], stopReason: "error", errorMessage: '529: {"message":"overloaded"}' }],
  },
  {
    name: "stopped by a person",
    messages: [{ role: "assistant", content: [{ type: "text", text: "Half a sen" }], stopReason: "aborted" }],
  },
  {
    name: "the answer got too long",
    messages: [{ role: "assistant", content: [{ type: "text", text: "Half a sen" }], stopReason: "length" }],
  },
  {
    name: "tools in a row, then words",
    messages: [
      { role: "user", content: "Go." },
      {
        role: "assistant",
        content: [
          { type: "text", text: "I look." },
          { type: "toolCall", id: "1", name: "ls", arguments: {} },
          { type: "toolCall", id: "2", name: "read", arguments: { path: "a.ts" } },
        ],
        stopReason: "toolUse",
      },
      { role: "toolResult", toolCallId: "2", toolName: "read", content: [{ type: "text", text: "a" }], isError: false },
      {
        role: "toolResult",
        toolCallId: "1",
        toolName: "ls",
        content: [{ type: "text", text: "a.ts" }],
        isError: false,
      },
      {
        role: "assistant",
        content: [{ type: "toolCall", id: "3", name: "read", arguments: { path: "logo.png" } }],
        stopReason: "toolUse",
      },
      {
        role: "toolResult",
        toolCallId: "3",
        toolName: "read",
        content: [
          { type: "text", text: "Read image file [image/png]" },
          { type: "image", mimeType: "image/png", data: png },
        ],
        isError: false,
      },
      { role: "assistant", content: [{ type: "text", text: "I saw." }], stopReason: "stop" },
    ],
  },
  {
    name: "a result whose call is not held",
    messages: [
      {
        role: "toolResult",
        toolCallId: "x",
        toolName: "bash",
        content: [{ type: "text", text: "out" }],
        isError: false,
      },
    ],
  },
  {
    name: "output that was not sent whole",
    messages: [
      {
        role: "assistant",
        content: [{ type: "toolCall", id: "1", name: "bash", arguments: { command: "seq 9999" } }],
        stopReason: "toolUse",
      },
      {
        role: "toolResult",
        toolCallId: "1",
        toolName: "bash",
        content: [{ type: "text", text: elided("1\n2\n3", "9998\n9999") }],
        isError: false,
      },
    ],
    view: { expanded: true },
  },
  {
    name: "a shell command runs",
    tail: [
      { type: "pier_bash_start", id: "b", command: "npm install", excludeFromContext: false },
      { type: "bash_execution_update", id: "b", delta: lines(14) },
    ],
  },
  {
    name: "a shell command",
    messages: [
      { role: "bashExecution", command: "seq 26", output: lines(26), exitCode: 0, cancelled: false, truncated: false },
    ],
  },
  {
    name: "a shell command, unfolded",
    messages: [
      { role: "bashExecution", command: "seq 26", output: lines(26), exitCode: 0, cancelled: false, truncated: true },
    ],
    view: { expanded: true },
  },
  {
    name: "a shell command that failed and is not for the model",
    messages: [
      {
        role: "bashExecution",
        command: "false",
        output: "",
        exitCode: 1,
        cancelled: false,
        truncated: false,
        excludeFromContext: true,
      },
    ],
  },
  {
    name: "a shell command that was stopped",
    messages: [{ role: "bashExecution", command: "sleep 100", output: "", cancelled: true, truncated: false }],
  },
  {
    name: "compaction",
    messages: [{ role: "compactionSummary", summary: "We spoke of **greetings**.", tokensBefore: 123_456 }],
  },
  {
    name: "compaction, unfolded",
    messages: [{ role: "compactionSummary", summary: "We spoke of **greetings**.", tokensBefore: 123_456 }],
    view: { expanded: true },
  },
  { name: "another branch", messages: [{ role: "branchSummary", summary: "We tried something else." }] },
  {
    name: "an extension",
    messages: [
      { role: "custom", customType: "todo", content: "**Two** things are left.", display: true },
      { role: "custom", customType: "todo", content: "never shown", display: false },
    ],
  },
  {
    name: "a role nobody knows",
    messages: [{ role: "oracle", answer: 42, because: { of: ["this", "that"] }, timestamp: 1 }],
  },
  {
    name: "an entry nobody knows",
    messages: [
      { role: "entry", entry: { type: "bookmark", id: "1", parentId: null, timestamp: "2026-01-01", label: "here" } },
    ],
  },
];

function thought(change: object): object {
  return {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "**Planning**\n\nFirst I look, then I write.\n- carefully", ...change },
      { type: "text", text: "I looked." },
    ],
    stopReason: "stop",
  };
}

function opened(kind: string, text: string, about: object = {}): Payload[] {
  const update = (event: object): Payload => ({
    type: "message_update",
    assistantMessageEvent: { contentIndex: 0, ...event },
  });
  return [
    { type: "message_start", message: { role: "assistant", content: [] } },
    update({ type: `${kind}_start`, ...about }),
    update({ type: `${kind}_delta`, delta: text }),
  ];
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join("");
}

/** The transcript of a scene. */
export function sceneTranscript({ messages = [], tail = [], running = false }: Scene): ReturnType<typeof transcriptOf> {
  const transcript = transcriptOf();
  transcript.apply(
    attached({
      messages: messages.map((message, at) => ({ key: `k${at}`, message: message as { role: string } })),
      tail: [...tail],
      state: { running, pi: null, compaction: null, retry: null, offered: [] },
    }),
  );
  return transcript;
}
