import { describe, expect, test } from "vitest";
import { limits } from "../src/limits.ts";
import { TranscriptView } from "../src/transcript/transcript-view.ts";
import { transcriptOf } from "./support/frames.ts";
import { faults, viewOf } from "./support/sight.ts";

const megabyte = 1024 * 1024;
const texts: [string, string][] = [
  ["a megabyte on one line", "word ".repeat(megabyte / 5)],
  ["a megabyte without a space", "x".repeat(megabyte)],
  ["a megabyte of wide characters", "漢".repeat(megabyte / 3)],
  ["a hundred thousand short lines", "a\n".repeat(100_000)],
  ["three hundred thousand paragraphs", "a\n\n".repeat(300_000)],
  ["a hundred thousand empty lines", "\n".repeat(100_000)],
  ["quotes within each other", `${"> ".repeat(3000)}deep`],
  ["quotes without spaces", `${">".repeat(3000)}deep`],
  ["lists within each other", Array.from({ length: 500 }, (_, at) => `${"  ".repeat(at)}- item`).join("\n")],
  ["lists on one line", `${"- ".repeat(3000)}deep`],
  ["quotes and lists in turn", `${"> - ".repeat(1000)}deep`],
  ["a table of ten thousand rows", `| a | b |\n|---|---|\n${"| one | two |\n".repeat(10_000)}`],
  ["a table of a thousand columns", `${"| a ".repeat(1000)}|\n${"|---".repeat(1000)}|\n${"| b ".repeat(1000)}|`],
  ["code without an end", `\`\`\`ts\n${"const a = 1;\n".repeat(20_000)}`],
  ["open brackets", "[".repeat(20_000)],
  ["links that are none", "[a](".repeat(5000)],
  ["stars", "*".repeat(20_000)],
  ["stars with words", "**a ".repeat(5000)],
  ["backticks", "`a".repeat(10_000)],
  ["backslashes", "\\ ".repeat(5000)],
  ["math without an end", "$$\n\\frac{".repeat(2000)],
  ["HTML without an end", "<div ".repeat(4000)],
  [
    "a thousand definitions",
    Array.from({ length: 1000 }, (_, at) => `[a${at}]: http://x.y/${at}\n\nSee [a${at}].\n`).join("\n"),
  ],
  ["marks on one letter", `e${"\u0301".repeat(50_000)}`],
  ["escape sequences", "\u001b[31m\u001b]0;x\u0007".repeat(20_000)],
];

/** Messages that hold a text in each place where one may be long. */
const holders: [string, (text: string) => object[], number][] = [
  [
    "the model's message of very many parts",
    (text) => [
      {
        role: "assistant",
        content: text.split("\n").map((line) => ({ type: "text", text: line.slice(0, 10) })),
        stopReason: "stop",
      },
    ],
    Infinity,
  ],
  ["a person's message", (text) => [{ role: "user", content: text }], 10_000],
  [
    "the model's message",
    (text) => [{ role: "assistant", content: [{ type: "text", text }], stopReason: "stop" }],
    Infinity,
  ],
  [
    "thinking",
    (text) => [{ role: "assistant", content: [{ type: "thinking", thinking: text }], stopReason: "stop" }],
    Infinity,
  ],
  ["a command and its output", (text) => called("bash", { command: text }, text), 2 * limits.toolRows + 10],
  ["a file that was written", (text) => called("write", { path: "a.ts", content: text }, ""), limits.toolRows + 10],
  [
    "a diff",
    (text) => called("edit", { path: "a.ts" }, "", { diff: text.replaceAll("\n", "\n+1 ") }),
    limits.toolRows + 10,
  ],
  [
    "arguments of a tool",
    (text) => called(text, { text, deep: { text } }, text, undefined, true),
    limits.toolRows + 10,
  ],
  [
    "a direct shell command",
    (text) => [{ role: "bashExecution", command: text, output: text, cancelled: false, truncated: false }],
    limits.toolRows + 10,
  ],
  ["an extension's message", (text) => [{ role: "custom", customType: text, content: text, display: true }], Infinity],
  ["an error", (text) => [{ role: "assistant", content: [], stopReason: "error", errorMessage: text }], 1000],
  ["a message of a kind nobody knows", (text) => [{ role: text, text }], 1000],
];

function called(name: string, args: object, output: string, details?: object, isError = false): object[] {
  return [
    { role: "assistant", content: [{ type: "toolCall", id: "1", name, arguments: args }], stopReason: "toolUse" },
    {
      role: "toolResult",
      toolCallId: "1",
      toolName: name,
      content: [{ type: "text", text: output }],
      details,
      isError,
    },
  ];
}

describe.each(holders)("%s", (_what, messagesOf, most) => {
  test.each(texts)("with %s, has rows that fit, and no more than are wanted", (_text, text) => {
    const view = viewOf({ expanded: true, thinking: true });
    const rows = new TranscriptView(transcriptOf(...messagesOf(text)), view).render(40);
    expect(faults(rows, 40)).toEqual([]);
    expect(rows.length).toBeLessThanOrEqual(most);
  });
});
