import { assistant, call, result, text, user } from "./saved-session.ts";

/** A picture of one pixel. */
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

const image = { type: "image", data: dot, mimeType: "image/png" };
const diff = " 1 same\n-2 const a = before;\n+2 const a = after;\n     ...\n 90 end";
const failed = "one\ntwo\n\nCommand exited with code 3";

/** One of each kind of record that a session file of pi may hold, and some that no pi of today writes. */
export const richConversation = [
  { role: "user", content: [{ type: "text", text: "Look at this picture." }, image] },
  assistant({ type: "thinking", thinking: "I think about it." }, call("a", "edit", { path: "a.ts" })),
  result("a", "edit", "Replaced.", { details: { diff } }),
  assistant(call("b", "bash", { command: "make everything" })),
  result("b", "bash", failed, { isError: true }),
  assistant(
    call("c", "read", { path: "b.ts" }),
    call("d", "read", { path: "c.ts" }),
    call("e", "read", { path: "d.ts" }),
  ),
  result("c", "read", "b"),
  result("d", "read", "c"),
  { role: "toolResult", toolCallId: "e", toolName: "read", content: [image], isError: false },
  assistant(
    text("**Done**, with `code`, a [link](https://example.org) and\n\n```ts\nconst x = 1;\n```\n\n- one\n- two"),
  ),
  { role: "bashExecution", command: "ls -l", output: "\u001b[31mred\u001b[0m file", exitCode: 0, cancelled: false },
  {
    role: "bashExecution",
    command: "cat secret",
    output: "no such file",
    exitCode: 1,
    cancelled: false,
    excludeFromContext: true,
  },
  { type: "custom_message", customType: "todo-list", content: "3 things are left", display: true },
  { type: "custom_message", customType: "secret", content: "hidden from people", display: false },
  { type: "branch_summary", summary: "What was tried on the other branch.", fromId: "00000001" },
  { type: "compaction", summary: "What was said so far.", tokensBefore: 12_345, firstKeptEntryId: "00000001" },
  { role: "confetti", colours: 7 },
  { type: "weather", degrees: 21 },
  user("And this?"),
  { ...assistant(), stopReason: "error", errorMessage: '529 {"error":{"message":"Overloaded"}}' },
  user("Once more."),
  { ...assistant(text("It was about to")), stopReason: "aborted" },
];
