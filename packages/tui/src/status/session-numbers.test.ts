import { SessionNumbers } from "@pier/client";
import type { AgentMessage, PiState } from "@pier/protocol";
import { describe, expect, test, vi } from "vitest";
import { FakeSession } from "../../tests/support/fake-session.ts";

const pi: PiState = { model: { id: "m", provider: "p", contextWindow: 128_000 } };
const state = { running: false, pi, compaction: null, retry: null, offered: [] };
const stats = {
  tokens: { input: 900, output: 90, cacheRead: 0, cacheWrite: 0, total: 990 },
  cost: 0.5,
  contextUsage: { tokens: 1000, contextWindow: 128_000, percent: 0.78 },
};

function answer(input: number, output: number, further: object = {}): AgentMessage {
  const usage = { input, output, cacheRead: 0, cacheWrite: 0, totalTokens: input + output, cost: { total: 0.25 } };
  return { role: "assistant", content: [], stopReason: "stop", usage, ...further };
}

function counted(session: FakeSession): {
  numbers: () => SessionNumbers["numbers"];
  onChange: ReturnType<typeof vi.fn>;
  stop: () => void;
} {
  const onChange = vi.fn();
  const numbers = new SessionNumbers(session.attachment, onChange);
  session.transcript.subscribe((change) => numbers.update(change));
  return { numbers: () => numbers.numbers, onChange, stop: () => numbers.stop() };
}

const settled = [{ type: "agent_start" }, { type: "agent_settled" }];

describe("SessionNumbers", () => {
  test("a session that rests, is counted by pi", async () => {
    const session = new FakeSession({}, { state });
    const { numbers, onChange } = counted(session);
    expect(numbers()).toEqual({ totals: null, context: null, window: 128_000 });
    session.answer(stats);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
    expect(numbers()).toEqual({ totals: { input: 900, output: 90, cost: 0.5 }, context: 1000, window: 128_000 });
    expect(session.asked).toBe(1);
  });

  test("messages of a turn, are added until pi counts again after it, once", async () => {
    const session = new FakeSession({}, { state });
    session.stats = stats;
    const { numbers, onChange } = counted(session);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
    session.events({ type: "agent_start" });
    session.says(answer(2000, 20));
    session.says(answer(3000, 30));
    expect(numbers()).toEqual({ totals: { input: 5900, output: 140, cost: 1 }, context: 3030, window: 128_000 });
    expect(session.asked).toBe(1);
    session.stats = { ...stats, tokens: { ...stats.tokens, input: 6000, output: 150 }, cost: 1.1 };
    session.events({ type: "agent_settled" });
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2));
    expect(numbers().totals).toEqual({ input: 6000, output: 150, cost: 1.1 });
    expect(session.asked).toBe(2);
  });

  test("a message that comes while pi counts, is added to its count", async () => {
    const session = new FakeSession({}, { state });
    const { numbers, onChange } = counted(session);
    session.says(answer(100, 10));
    session.answer(stats);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
    expect(numbers().totals).toEqual({ input: 1000, output: 100, cost: 0.75 });
  });

  test("a turn that ends while pi counts, is counted after it", async () => {
    const session = new FakeSession({}, { state });
    const { onChange } = counted(session);
    session.events(...settled);
    expect(session.asked).toBe(1);
    session.answer(stats);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2));
    expect(session.asked).toBe(2);
  });

  test.each(["parked", "starting", "stopped", "closed"] as const)("pi that is %s, is not asked", (activity) => {
    const session = new FakeSession({ activity }, { state, messages: [{ key: "a", message: answer(500, 5) }] });
    const { numbers } = counted(session);
    session.events(...settled);
    expect(session.asked).toBe(0);
    expect(numbers()).toEqual({ totals: null, context: 505, window: 128_000 });
    session.info({ activity: "idle" });
    expect(session.asked).toBe(1);
  });

  test("a session that runs or is not connected, is not asked", () => {
    const session = new FakeSession({}, { state: { ...state, running: true } });
    counted(session);
    session.transcript.awaitAttached();
    session.events(...settled);
    expect(session.asked).toBe(0);
  });

  test("pi that refuses, is asked again after the next turn and nothing wrong is shown", async () => {
    const session = new FakeSession({}, { state });
    session.stats = new Error("no");
    const { numbers } = counted(session);
    await Promise.resolve();
    expect(numbers().totals).toBeNull();
    await vi.waitFor(() => {
      session.events(...settled);
      expect(session.asked).toBeGreaterThan(1);
    });
  });

  test("a count that is nonsense, is taken for nothing", async () => {
    for (const nonsense of [
      {},
      { tokens: "many", cost: -1 },
      { tokens: { input: Number.NaN }, contextUsage: { tokens: "x" } },
    ]) {
      const session = new FakeSession({}, { state });
      session.stats = nonsense as never;
      const { numbers, onChange } = counted(session);
      await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
      expect(numbers()).toEqual({ totals: { input: 0, output: 0, cost: 0 }, context: null, window: 128_000 });
    }
  });

  test("a compaction, makes the context unknown until the next answer", async () => {
    const session = new FakeSession({}, { state, messages: [{ key: "a", message: answer(500, 5) }] });
    const { numbers } = counted(session);
    expect(numbers().context).toBe(505);
    session.events(
      { type: "compaction_start", reason: "manual" },
      { type: "compaction_end", result: { summary: "s" } },
    );
    expect(numbers().context).toBeNull();
    session.says(answer(0, 0, { stopReason: "aborted" }));
    expect(numbers().context).toBeNull();
    session.says(answer(70, 7));
    expect(numbers().context).toBe(77);
  });

  test("another conversation, is counted from nothing", async () => {
    const session = new FakeSession({}, { state });
    session.stats = stats;
    const { numbers, onChange } = counted(session);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce());
    session.stats = null;
    session.attach({ epoch: "f", state });
    expect(numbers()).toEqual({ totals: null, context: null, window: 128_000 });
    expect(session.asked).toBe(2);
  });

  test("an answer after the end, changes nothing", async () => {
    const session = new FakeSession({}, { state });
    const { numbers, onChange, stop } = counted(session);
    stop();
    session.answer(stats);
    await Promise.resolve();
    session.events(...settled);
    expect([numbers().totals, onChange.mock.calls.length, session.asked]).toEqual([null, 0, 1]);
  });
});
