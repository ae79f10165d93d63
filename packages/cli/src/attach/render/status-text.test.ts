import { LiveState, type Payload } from "@pier/protocol";
import { expect, test } from "vitest";
import { statusText } from "./status-text.ts";

function after(...payloads: Payload[]): LiveState {
  const live = new LiveState();
  for (const payload of payloads) live.apply(payload);
  return live;
}

const tool = (id: string): Payload => ({
  type: "tool_execution_start",
  toolCallId: id,
  toolName: "bash",
  args: { command: `sleep ${id}` },
});

test.each([
  ["nothing", [], ""],
  ["a turn", [{ type: "agent_start" }], "working"],
  ["a tool", [{ type: "agent_start" }, tool("1")], "running $ sleep 1"],
  ["three tools", [tool("1"), tool("2"), tool("3")], "running 3 tools"],
  [
    "a queue",
    [{ type: "agent_start" }, { type: "queue_update", steering: ["a"], followUp: ["b"] }],
    "working · 2 queued",
  ],
  [
    "a retry",
    [{ type: "auto_retry_start", attempt: 1, maxAttempts: 3, delayMs: 1, errorMessage: "x" }],
    "the model failed, trying again (1 of 3)",
  ],
  ["compaction", [{ type: "compaction_start", reason: "threshold" }], "making room in the context"],
] as const)("statusText of %s", (_what, payloads, expected) => {
  expect(statusText({ live: after(...(payloads as readonly Payload[])), connected: true, statuses: [] })).toBe(
    expected,
  );
});

test("statusText without a connection, says so first; extensions come last, on one line", () => {
  const statuses = ["Turns: 1\n\u001b[2J"];
  expect(statusText({ live: after({ type: "agent_start" }), connected: false, statuses })).toBe(
    "connection lost, trying again · working · Turns: 1",
  );
});
