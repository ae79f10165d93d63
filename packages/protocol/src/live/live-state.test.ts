import { describe, expect, test } from "vitest";
import { applyAll } from "../../tests/live/records.ts";
import type { Payload } from "../frames/common.ts";
import { LiveState } from "./live-state.ts";

const assistant = { role: "assistant", content: [], timestamp: 1 };
const update = (type: string, members: object): Payload => ({
  type: "message_update",
  assistantMessageEvent: { type, contentIndex: 0, ...members },
});

function after(...records: Payload[]): LiveState {
  const state = new LiveState();
  applyAll(state, records);
  return state;
}

describe("LiveState for a run", () => {
  test("from agent_start to agent_settled, is running", () => {
    const state = after({ type: "agent_start" });
    expect(state.running).toBe(true);
    state.apply({ type: "agent_end", messages: [], willRetry: true });
    expect(state.running).toBe(true);
    state.apply({ type: "agent_settled", aborted: true });
    expect(state.running).toBe(false);
  });

  test("that ends without message_end, leaves no message and no tools", () => {
    const state = after(
      { type: "message_start", message: assistant },
      { type: "tool_execution_start", toolCallId: "t" },
    );
    state.apply({ type: "agent_end" });
    expect([state.message, state.tools.size]).toEqual([null, 0]);
  });

  test("that is retried, shows the retry until it ends", () => {
    const start = {
      type: "auto_retry_start",
      attempt: 1,
      maxAttempts: 3,
      delayMs: 2000,
      errorMessage: "529 overloaded",
    };
    const state = after(start);
    expect(state.retry).toEqual({ attempt: 1, maxAttempts: 3, delayMs: 2000, errorMessage: "529 overloaded" });
    expect(state.running).toBe(true);
    state.apply({ type: "auto_retry_end", success: true, attempt: 1 });
    expect(state.retry).toBeNull();
    expect(after({ type: "auto_retry_start" }).retry).toEqual({
      attempt: 0,
      maxAttempts: 0,
      delayMs: 0,
      errorMessage: "",
    });
  });

  test("that is interrupted, leaves nothing but what get_state said", () => {
    const state = after(
      { type: "response", command: "get_state", success: true, data: { sessionName: "n" } },
      { type: "agent_start" },
      { type: "message_start", message: assistant },
      { type: "tool_execution_start", toolCallId: "t" },
      { type: "pier_bash_start", id: "b", command: "ls" },
      { type: "queue_update", steering: ["s"], followUp: [] },
      { type: "compaction_start", reason: "manual" },
      { type: "auto_retry_start", attempt: 1 },
    );
    state.interrupt();
    expect(state).toEqual(after({ type: "response", command: "get_state", success: true, data: { sessionName: "n" } }));
  });
});

describe("LiveState for messages", () => {
  test("message_start of an assistant with words in it already, does not show them twice", () => {
    const state = after(
      { type: "message_start", message: { ...assistant, content: [{ type: "text", text: "All " }] } },
      update("text_start", {}),
      update("text_delta", { delta: "All " }),
    );
    expect(state.message).toMatchObject({ start: { role: "assistant", content: [] }, blocks: [{ text: "All " }] });
  });

  test("message_start of a person, keeps its content", () => {
    const message = { role: "user", content: "hi" };
    expect(after({ type: "message_start", message }).message).toEqual({ start: message, blocks: [] });
  });

  test("message_update without message_start, changes nothing", () => {
    expect(after(update("text_delta", { delta: "x" }))).toEqual(new LiveState());
  });

  test("message_end without message_start, finishes its message", () => {
    expect(new LiveState().apply({ type: "message_end", message: assistant })).toBe(assistant);
  });

  test.each([
    { role: "system", content: "You are" },
    { role: "custom", customType: "c", content: "c", display: false },
  ])("of a message that pi keeps from people, shows nothing: %j", (message) => {
    const state = after({ type: "message_start", message });
    expect(state.message).toBeNull();
    expect(state.apply({ type: "message_end", message })).toBeNull();
  });

  test.each([undefined, null, 7, "x", [], {}, { role: 7 }])(
    "message_start and message_end with message %j, are none",
    (message) => {
      const state = after({ type: "message_start", message: assistant }, { type: "message_start", message });
      expect(state.message).toBeNull();
      expect(state.apply({ type: "message_end", message })).toBeNull();
    },
  );

  test("message_end of a tool result, ends that tool call alone", () => {
    const state = after(
      { type: "tool_execution_start", toolCallId: "a" },
      { type: "tool_execution_start", toolCallId: "b" },
    );
    state.apply({ type: "message_end", message: { role: "toolResult", toolCallId: "a", content: [] } });
    expect([...state.tools.keys()]).toEqual(["b"]);
  });
});

describe("LiveState for a direct shell command", () => {
  const start = { type: "pier_bash_start", id: "7", command: "ls", excludeFromContext: true };
  const reply = { type: "response", id: "7", command: "bash", success: true };

  test("with output and a reply, finishes as pi's bashExecution message", () => {
    const state = after(start, { type: "bash_execution_update", id: "7", delta: "a\n" });
    expect(state.bash.get("7")).toEqual({ id: "7", command: "ls", excludeFromContext: true, output: "a\n" });
    const data = { output: "a\n", exitCode: 0, cancelled: false, truncated: true, fullOutputPath: "/tmp/log" };
    expect(state.apply({ ...reply, data })).toEqual({
      role: "bashExecution",
      command: "ls",
      ...data,
      excludeFromContext: true,
    });
    expect(state.bash.size).toBe(0);
  });

  test("whose reply tells its failure or nothing, ends without a message", () => {
    for (const end of [{ ...reply, success: false, error: "no shell" }, reply, { ...reply, data: "x" }]) {
      const state = after(start);
      expect(state.apply(end)).toBeNull();
      expect(state.bash.size).toBe(0);
    }
  });

  test("whose reply cannot replace what it is, stays a bashExecution of its command", () => {
    const data = { role: "user", command: "other", output: 7, cancelled: "no" };
    expect(after(start).apply({ ...reply, data })).toMatchObject({
      role: "bashExecution",
      command: "ls",
      output: "",
      cancelled: false,
    });
  });

  test("that goes on over the end of a run, is kept", () => {
    expect(after(start, { type: "agent_end" }, { type: "agent_settled" }).bash.size).toBe(1);
  });

  test("with a number as its id, is found under it", () => {
    const state = after({ ...start, id: 7 }, { type: "bash_execution_update", id: "7", delta: "x" });
    expect(state.bash.get("7")?.output).toBe("x");
  });

  test("output, reply or start without an id that was started, changes nothing", () => {
    const state = after(
      { type: "bash_execution_update", id: "7", delta: "x" },
      { type: "bash_execution_update", delta: "x" },
      { ...reply, data: { output: "" } },
      { type: "pier_bash_start", command: "ls" },
    );
    expect(state).toEqual(new LiveState());
  });
});

describe("LiveState for what get_state shows", () => {
  const known = {
    type: "response",
    command: "get_state",
    success: true,
    data: { thinkingLevel: "low", sessionName: "old" },
  };

  test("a name set and cleared and a level changed, follow", () => {
    const state = after(
      known,
      { type: "session_info_changed", name: "new" },
      { type: "thinking_level_changed", level: "high" },
    );
    expect(state.pi).toEqual({ thinkingLevel: "high", sessionName: "new" });
    state.apply({ type: "session_info_changed" });
    expect(state.pi).toEqual({ thinkingLevel: "high" });
    expect(after({ type: "thinking_level_changed", level: "low" }).pi).toEqual({ thinkingLevel: "low" });
  });

  test.each([
    { ...known, success: false },
    { ...known, data: null },
    { ...known, data: [] },
    { ...known, command: "get_tree" },
    { type: "thinking_level_changed", level: 7 },
  ])("%j, changes nothing", (record) => {
    expect(after(known, record).pi).toEqual(known.data);
  });
});

describe("LiveState for queue and compaction", () => {
  test("queue_update, replaces the whole queue, and what is no text falls out", () => {
    const state = after({ type: "queue_update", steering: ["a", 7, null], followUp: ["b"] });
    expect(state.queue).toEqual({ steering: ["a"], followUp: ["b"] });
    state.apply({ type: "queue_update", steering: "no list" });
    expect(state.queue).toEqual({ steering: [], followUp: [] });
  });

  test("a compaction, shows until it ends and finishes as a summary", () => {
    const state = after({ type: "compaction_start", reason: "threshold" });
    expect(state.compaction).toEqual({ reason: "threshold" });
    const result = { summary: "short", tokensBefore: 9, firstKeptEntryId: "x" };
    expect(state.apply({ type: "compaction_end", result })).toEqual({
      role: "compactionSummary",
      summary: "short",
      tokensBefore: 9,
    });
    expect(state.compaction).toBeNull();
  });

  test("a compaction that was aborted or failed, finishes nothing", () => {
    expect(after().apply({ type: "compaction_end", aborted: true })).toBeNull();
    expect(after().apply({ type: "compaction_end", aborted: false, errorMessage: "no" })).toBeNull();
  });
});
