import type { MemoryPi, Work } from "./memory-pi.ts";

/**
 * A turn, and those of the messages that were queued meanwhile. Words of the prompt say what happens in it: `think`, `tool`,
 * `dialog`, `retry`, `compact`.
 */
export function* runTurn(pi: MemoryPi, first: string, onStarted: () => void): Work {
  pi.session.flushBash(true);
  pi.emit({ type: "agent_start" });
  onStarted();
  yield;
  for (let text: string | undefined = first; text !== undefined; text = nextQueued(pi)) {
    pi.begun = false;
    pi.emit({ type: "turn_start" });
    if (pi.manner.system)
      yield* say(pi, { role: "system", content: "You are pi.", timestamp: pi.session.state().sessionId });
    yield* say(pi, { role: "user", content: [{ type: "text", text }], timestamp: pi.now() });
    pi.begun = true;
    yield* answer(pi, text);
    pi.emit({ type: "turn_end", message: { role: "assistant", content: "long ago" }, toolResults: [] });
  }
  pi.emit({
    type: "agent_end",
    messages: [{ role: "user", content: first }],
    ...(pi.manner.settles && { willRetry: false }),
  });
  pi.session.flushBash(pi.manner.flushesBash);
  if (first.includes("compact")) yield* compact(pi);
  if (pi.manner.settles) pi.emit({ type: "agent_settled" });
}

function nextQueued(pi: MemoryPi): string | undefined {
  const next = pi.queue.steering.shift() ?? pi.queue.followUp.shift();
  if (next !== undefined) pi.tellQueue();
  return next;
}

function* say(pi: MemoryPi, message: Record<string, unknown>): Work {
  pi.emit({ type: "message_start", message });
  yield;
  pi.finish(message);
  yield;
}

function* answer(pi: MemoryPi, text: string): Work {
  if (text.includes("retry")) {
    pi.emit({ type: "auto_retry_start", attempt: 1, maxAttempts: 3, delayMs: 10, errorMessage: "overloaded" });
    yield;
    pi.emit({ type: "auto_retry_end", success: true, attempt: 1 });
  }
  if (text.includes("dialog")) {
    const id = pi.ask({ method: "select", title: text, options: ["a", "b"] });
    while (pi.dialogs.has(id)) yield;
  }
  const call = text.includes("tool")
    ? { type: "toolCall", id: pi.newId("call"), name: "bash", arguments: { command: text } }
    : null;
  yield* write(pi, text, call);
  if (!call) return;
  const about = { toolCallId: call.id, toolName: call.name };
  pi.emit({ type: "tool_execution_start", ...about, args: call.arguments });
  yield;
  for (const output of ["o", "ou", "out"]) {
    pi.emit({
      type: "tool_execution_update",
      ...about,
      args: call.arguments,
      partialResult: { content: [{ type: "text", text: output }] },
    });
    yield;
  }
  const content = [{ type: "text", text: "out" }];
  pi.emit({ type: "tool_execution_end", ...about, result: { content }, isError: false });
  yield* say(pi, { role: "toolResult", ...about, content, isError: false, timestamp: pi.now() });
  yield* write(pi, "done with it", null);
}

/** An assistant's message, delta by delta. */
function* write(pi: MemoryPi, text: string, call: { id: string; name: string; arguments: object } | null): Work {
  const message = {
    role: "assistant",
    content: [] as Record<string, unknown>[],
    stopReason: pi.manner.cumulative ? "stop" : "pending",
  };
  pi.openMessage = message;
  pi.emit({ type: "message_start", message });
  yield;
  let usage = { input: 10, output: 0 };
  const update = (event: Record<string, unknown>): void => {
    const { content } = message;
    if (pi.manner.cumulative) {
      const partial = { ...message, content, usage };
      pi.emit({ type: "message_update", assistantMessageEvent: { ...event, partial }, message: partial });
    } else pi.emit({ type: "message_update", usage, assistantMessageEvent: event });
  };
  const thinking = { kind: "thinking", words: "hm hm hm" };
  const blocks = [...(text.includes("think") ? [thinking] : []), { kind: "text", words: text }];
  for (const [contentIndex, { kind, words }] of blocks.entries()) {
    message.content.push({ type: kind, [kind]: "" });
    update({ type: `${kind}_start`, contentIndex });
    yield;
    for (const delta of pieces(words)) {
      const block = message.content[contentIndex] as Record<string, string>;
      block[kind] += delta;
      usage = { input: 10, output: usage.output + (delta.includes("o") ? 1 : 0) };
      update({ type: `${kind}_delta`, contentIndex, delta });
      yield;
    }
    update({ type: `${kind}_end`, contentIndex, content: words });
  }
  if (call) {
    const contentIndex = message.content.length;
    message.content.push({ ...call });
    update({
      type: "toolcall_start",
      contentIndex,
      ...(!pi.manner.cumulative && { id: call.id, toolName: call.name }),
    });
    yield;
    update({ type: "toolcall_delta", contentIndex, delta: JSON.stringify(call.arguments) });
    yield;
    update({ type: "toolcall_end", contentIndex, toolCall: call });
  }
  pi.openMessage = undefined;
  pi.finish({ ...message, stopReason: call ? "toolUse" : "stop", usage, timestamp: pi.now() });
  yield;
}

function* compact(pi: MemoryPi): Work {
  pi.emit({ type: "compaction_start", reason: "threshold" });
  yield;
  pi.session.saveCompaction("All of it.");
  pi.emit({
    type: "compaction_end",
    reason: "threshold",
    result: { summary: "All of it.", tokensBefore: 100 },
    aborted: false,
    willRetry: false,
  });
  yield;
}

/** A text in at most twelve pieces. */
function pieces(text: string): string[] {
  const characters = [...text];
  const size = Math.max(3, Math.ceil(characters.length / 12));
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, at) =>
    characters.slice(at * size, (at + 1) * size).join(""),
  );
}
