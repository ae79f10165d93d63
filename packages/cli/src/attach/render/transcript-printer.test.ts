import { type AgentMessage, LiveState, type Payload } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import type { Chunk } from "./chunk.ts";
import { TranscriptPrinter } from "./transcript-printer.ts";

/** Plays pi's records as a client gets them, some at a time, and gathers what is printed. */
class Play {
  readonly printer = new TranscriptPrinter();
  readonly live = new LiveState();
  readonly chunks: Chunk[] = [];

  events(...payloads: Payload[]): this {
    const items = payloads.map((payload) => this.live.apply(payload)).filter((message) => message !== null);
    if (items.length > 0) this.chunks.push(...this.printer.items(items));
    this.chunks.push(...this.printer.live(this.live));
    return this;
  }

  note(text: string): this {
    this.chunks.push(...this.printer.note([{ text: `${text}\n`, style: "dim" }]));
    return this;
  }

  get text(): string {
    return this.chunks.map(({ text }) => text).join("");
  }
}

const user = (text: string, timestamp = 1): AgentMessage => ({ role: "user", content: text, timestamp });
const assistant = (content: unknown[], rest: object = {}): AgentMessage => ({
  role: "assistant",
  content,
  timestamp: 2,
  stopReason: "stop",
  ...rest,
});
const start = (message: AgentMessage): Payload => ({ type: "message_start", message });
const end = (message: AgentMessage): Payload => ({ type: "message_end", message });
const update = (type: string, contentIndex: number, rest: object): Payload => ({
  type: "message_update",
  assistantMessageEvent: { type, contentIndex, ...rest },
});
const delta = (text: string, index = 0): Payload => update("text_delta", index, { delta: text });
const open = start(assistant([]));

describe("TranscriptPrinter", () => {
  test("a streamed turn, comes as it is written and once", () => {
    const call = { type: "toolCall", id: "t1", name: "bash", arguments: { command: "npm test\nexit 1" } };
    const result = {
      role: "toolResult",
      toolCallId: "t1",
      toolName: "bash",
      content: [],
      isError: false,
      timestamp: 3,
    };
    const play = new Play()
      .events(start(user("Run the tests")), end(user("Run the tests")))
      .events(open, update("thinking_start", 0, {}), update("thinking_delta", 0, { delta: "Which " }))
      .events(update("thinking_delta", 0, { delta: "ones?" }), update("text_start", 1, {}), delta("\n\nAll ", 1))
      .events(delta("of them.", 1))
      .events(
        end(
          assistant([{ type: "thinking", thinking: "Which ones?" }, { type: "text", text: "\n\nAll of them." }, call]),
        ),
      )
      .events({ type: "tool_execution_start", toolCallId: "t1", toolName: "bash", args: call.arguments })
      .events({
        type: "tool_execution_end",
        toolCallId: "t1",
        toolName: "bash",
        result: {},
        isError: false,
        durationMs: 3_210,
      })
      .events(end(result))
      .events(
        start(assistant([], { timestamp: 4 })),
        delta("Done."),
        end(assistant([{ type: "text", text: "Done." }], { timestamp: 4 })),
      );
    expect(`\n${play.text}`).toBe(`
› Run the tests

Which ones?

All of them.

$ npm test …  ✓ 3.2s

Done.
`);
    expect(play.chunks.find(({ text }) => text.startsWith("Which"))?.style).toBe("dim");
  });

  test("what came whole, looks like what was streamed", () => {
    const message = assistant([{ type: "text", text: "One. Two." }]);
    const streamed = new Play().events(open, delta("One. ")).events(delta("Two.")).events(end(message));
    const whole = new Play().events(open, delta("One. "), delta("Two."), end(message));
    expect(streamed.text).toBe("One. Two.\n");
    expect(whole.text).toBe(streamed.text);
    expect(
      new TranscriptPrinter()
        .items([message])
        .map(({ text }) => text)
        .join(""),
    ).toBe(streamed.text);
  });

  test("a note in the middle of a sentence, stands apart", () => {
    const play = new Play().events(open, delta("One")).note("A note.").note("Another.").events(delta(" two."));
    expect(play.text).toBe("One\n\nA note.\nAnother.\n\ntwo.");
  });

  test("a failed tool, shows the end of what it said; runs of tools stand together", () => {
    const said = Array.from({ length: 12 }, (_, at) => `line ${at}`).join("\n");
    const results = [true, false].map((isError, at) => ({
      role: "toolResult",
      toolCallId: `t${at}`,
      toolName: "read",
      content: [{ type: "text", text: isError ? said : "fine" }],
      isError,
      timestamp: at,
    }));
    const calls = results.map(({ toolCallId, toolName }) => ({
      type: "toolCall",
      id: toolCallId,
      name: toolName,
      arguments: { path: "a.ts" },
    }));
    const printed = new TranscriptPrinter().items([assistant(calls), ...(results as AgentMessage[])]);
    expect(`\n${printed.map(({ text }) => text).join("")}`).toBe(`
read a.ts  ✗
  … 4 lines more
  line 4
  line 5
  line 6
  line 7
  line 8
  line 9
  line 10
  line 11
read a.ts  ✓
`);
  });

  test("errors, stops, edits, shell commands, summaries and images are said plainly", () => {
    const printed = new TranscriptPrinter().items([
      {
        role: "user",
        content: [
          { type: "text", text: "Look:\nhere" },
          { type: "image", data: "", mimeType: "image/png" },
        ],
      },
      assistant([{ type: "toolCall", id: "e", name: "edit", arguments: { path: "src/a.ts" } }]),
      {
        role: "toolResult",
        toolCallId: "e",
        toolName: "edit",
        content: [],
        isError: false,
        details: { diff: "--- a\n+++ b\n+1\n+2\n-3" },
      },
      assistant([], { stopReason: "error", errorMessage: "529 overloaded", timestamp: 5 }),
      assistant([{ type: "text", text: "Half" }], { stopReason: "aborted", timestamp: 6 }),
      { role: "bashExecution", command: "false", output: "oh", exitCode: 1, cancelled: false, truncated: false },
      { role: "compactionSummary", summary: "…" },
      { role: "custom", customType: "x", content: "hidden", display: false },
      { role: "custom", customType: "x", content: "shown", display: true },
      { role: "system", content: "not for people" },
      { role: "someday", content: "unknown" },
    ]);
    expect(`\n${printed.map(({ text }) => text).join("")}`).toBe(`
› Look:
  here
  [image, image/png]

edit src/a.ts  ✓ +2 −1

Model request failed: 529 overloaded

Half

Stopped.

! false  ✗ exit 1
  oh

— The conversation so far was summarised to make room. —

shown
`);
  });

  test("escape sequences of a model, of tools and of prompts, come out as nothing", () => {
    const evil = "a\u001b[2J\u001b]0;x\u0007b\r";
    const play = new Play()
      .events(end(user(evil)), open, delta(evil), end(assistant([{ type: "text", text: evil }])))
      .events(end({ role: "bashExecution", command: evil, output: evil, cancelled: false, truncated: false }))
      .events(
        end({
          role: "toolResult",
          toolCallId: "t",
          toolName: evil,
          content: [{ type: "text", text: evil }],
          isError: true,
        }),
      );
    // oxlint-disable-next-line no-control-regex -- this is what must not be there
    expect(play.text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\[2J/);
  });

  describe("a snapshot in the middle", () => {
    const first = user("One", 1);
    const second = assistant([{ type: "text", text: "Two and three." }], { timestamp: 2 });

    test("goes on where it was, in the middle of a sentence too", () => {
      const play = new Play().events(end(first), open, delta("Two "));
      const { chunks, continued } = play.printer.snapshot([first, second]);
      expect(continued).toBe(true);
      expect(play.text + chunks.map(({ text }) => text).join("")).toBe("› One\n\nTwo and three.\n");
    });

    test("of the message that is still being written, repeats nothing", () => {
      const play = new Play().events(end(first), open, delta("Two "));
      const { chunks } = play.printer.snapshot([first]);
      const live = new LiveState();
      for (const payload of [open, delta("Two and")]) live.apply(payload);
      expect([...chunks, ...play.printer.live(live)].map(({ text }) => text).join("")).toBe("and");
    });

    test("of another conversation, says that it is one", () => {
      const play = new Play().events(end(first));
      expect(play.printer.snapshot([user("Else", 9)]).continued).toBe(false);
    });
  });
});
