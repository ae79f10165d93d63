import { TurnClock } from "@pier/client";
import type { Attached, Payload } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import { bare } from "../../tests/support/bare.ts";
import { FakeSession } from "../../tests/support/fake-session.ts";
import { visibleWidth } from "../pi-tui/index.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { activityOf } from "./activity.ts";
import { WorkingLine } from "./working-line.ts";

const plain = new Theme(dark, "none");
const start = { type: "agent_start" };
const assistant = { type: "message_start", message: { role: "assistant", content: [] } };

const call = (toolName: string, args: unknown, toolCallId = toolName): Payload => ({
  type: "tool_execution_start",
  toolCallId,
  toolName,
  args,
});
const update = (assistantMessageEvent: object): Payload => ({ type: "message_update", assistantMessageEvent });

/** The row of a session in which a turn runs since `elapsed` ms. */
function row(
  session: FakeSession,
  {
    width = 80,
    elapsed = null,
    frame = 0,
    retryIn = "",
  }: { width?: number; elapsed?: number | null; frame?: number | null; retryIn?: string } = {},
): string {
  const activity = activityOf(session.transcript, retryIn);
  const rows = new WorkingLine(plain, () => ({ activity, elapsed, frame })).render(width);
  expect(rows).toHaveLength(1);
  return bare(rows[0] ?? "");
}

function running(...events: Payload[]): FakeSession {
  const session = new FakeSession();
  session.events(start, ...events);
  return session;
}

describe("WorkingLine", () => {
  test("a session that rests, keeps its row empty", () => {
    expect(row(new FakeSession())).toBe("");
  });

  test.each<[string, Payload[], string]>([
    ["a turn", [], "working"],
    ["a message without words", [assistant], "working"],
    ["thinking", [assistant, update({ type: "thinking_start", contentIndex: 0 })], "thinking"],
    ["text", [assistant, update({ type: "text_start", contentIndex: 0 })], "answering"],
    ["a tool", [call("bash", { command: "npm test\n# later" })], "bash npm test # later"],
    ["a tool with a path", [call("read", { path: "src/a.ts" })], "read src/a.ts"],
    ["a tool without arguments", [call("list", undefined)], "list"],
    ["tools", [call("bash", { command: "a" }), call("read", { path: "b" }), call("ls", {})], "bash a and 2 more"],
    ["hostile arguments", [call("bash", { command: "\u001b[2Jx\u0007\u202ey" })], "bash xy"],
    [
      "a call of a tool",
      [assistant, update({ type: "toolcall_start", contentIndex: 0, toolName: "grep" })],
      "calling grep",
    ],
    ["compaction", [{ type: "compaction_start", reason: "threshold" }], "compacting"],
  ])("%s, is named", (_, events, text) => {
    expect(row(running(...events))).toBe(`⠋ ${text} · Esc stops`);
  });

  test("a file that is being written, is named as soon as its path is there", () => {
    const session = running(assistant, update({ type: "toolcall_start", contentIndex: 0, toolName: "write" }));
    expect(row(session)).toBe("⠋ writing a file · Esc stops");
    session.events(update({ type: "toolcall_delta", contentIndex: 0, delta: '{"path":"src/\\u00e4.t' }));
    expect(row(session)).toBe("⠋ writing a file · Esc stops");
    session.events(update({ type: "toolcall_delta", contentIndex: 0, delta: 's","content":"…' }));
    expect(row(session)).toBe("⠋ writing src/ä.ts · Esc stops");
  });

  test("a direct shell command, is named and Esc is not offered for it", () => {
    const session = new FakeSession();
    session.events({ type: "pier_bash_start", id: "1", command: "sleep 9", excludeFromContext: false });
    expect(row(session)).toBe("⠋ ! sleep 9");
  });

  test("a pause before another attempt, says which, how long and why", () => {
    const retry = {
      type: "auto_retry_start",
      attempt: 2,
      maxAttempts: 3,
      delayMs: 4000,
      errorMessage: "529 overloaded",
    };
    const session = running(retry);
    expect(row(session, { retryIn: "4 s" })).toBe("⠋ retrying 2/3 in 4 s: 529 overloaded · Esc stops");
    expect(row(session)).toBe("⠋ retrying 2/3: 529 overloaded · Esc stops");
  });

  test("pi that starts or is suspended, is said", () => {
    expect(row(new FakeSession({ activity: "starting" }))).toBe("⠋ starting pi");
    expect(row(new FakeSession({ activity: "stopped" }))).toBe("· suspended: pi is stopped by a signal");
  });

  test("a question, stands still", () => {
    const session = running(call("bash", { command: "sudo rm" }));
    session.ui({ method: "confirm", id: "d", title: "Sure?" });
    expect(row(session, { elapsed: 60_000 })).toBe("· waits for an answer · Esc stops");
  });

  test("a turn that was under way when the connection was lost, is not claimed to be seen", () => {
    const session = running(call("bash", { command: "npm test" }));
    session.transcript.awaitAttached();
    expect(row(session)).toBe("· was working; it goes on without this terminal");
    const idle = new FakeSession();
    idle.transcript.awaitAttached();
    expect(row(idle)).toBe("");
  });

  test("time that went by, is told after a second", () => {
    const session = running();
    expect(row(session, { elapsed: 999 })).toBe("⠋ working · Esc stops");
    expect(row(session, { elapsed: 12_400 })).toBe("⠋ working · 12 s · Esc stops");
    expect(row(session, { elapsed: 125_000 })).toBe("⠋ working · 2 m 05 s · Esc stops");
    expect(row(session, { elapsed: 3_725_000 })).toBe("⠋ working · 1 h 02 m · Esc stops");
  });

  test("without animation, the mark stands still", () => {
    expect(row(running(), { frame: null })).toBe("• working · Esc stops");
  });

  test("where there is little room, what goes on stays longest", () => {
    const session = running(call("bash", { command: "npm run test -- --coverage" }));
    const at = (width: number): string => row(session, { width, elapsed: 5000 });
    expect(at(60)).toBe("⠋ bash npm run test -- --coverage · 5 s · Esc stops");
    expect(at(40)).toBe("⠋ bash npm run test -- --coverage · 5 s");
    expect(at(20)).toBe("⠋ bash npm run test…");
    expect(at(2)).toBe("");
  });

  test("no text, makes it wider than the terminal", () => {
    const session = running(call("bash", { command: "漢字👩‍👩‍👧‍👦 e\u0301\t🚢\n".repeat(500) }));
    for (let width = 0; width <= 120; width++)
      expect(visibleWidth(row(session, { width, elapsed: 1000 }))).toBeLessThanOrEqual(width);
  });
});

describe("TurnClock", () => {
  const running: Partial<Attached> = { state: { running: true, pi: null, compaction: null, retry: null, offered: [] } };
  const at = 1_700_000_000_000;

  test("a turn that began here, is timed from its beginning to its end", () => {
    const [session, clock] = [new FakeSession(), new TurnClock()];
    clock.update(session.transcript, at, true);
    expect(clock.elapsed(at)).toBeNull();
    session.events(start);
    clock.update(session.transcript, at + 100, false);
    clock.update(session.transcript, at + 300, false);
    expect(clock.elapsed(at + 1100)).toBe(1000);
    session.events({ type: "agent_settled" });
    clock.update(session.transcript, at + 2000, false);
    expect(clock.elapsed(at + 2000)).toBeNull();
  });

  test.each([
    ["the person's message said when", at - 5000, 5000],
    ["nothing says when", undefined, null],
    ["the other machine's clock is ahead", at + 5000, null],
    ["it was said days ago", at - 3 * 86_400_000, null],
  ])("a turn that began before, when %s, is timed as far as that is known", (_, timestamp, elapsed) => {
    const message = { role: "user" as const, content: "x", ...(timestamp !== undefined && { timestamp }) };
    const session = new FakeSession({}, { ...running, messages: [{ key: "a", message }] });
    const clock = new TurnClock();
    clock.update(session.transcript, at, true);
    expect(clock.elapsed(at)).toBe(elapsed);
  });

  test("a pause before another attempt, is counted down only when its beginning was seen", () => {
    const retry = { attempt: 1, maxAttempts: 3, delayMs: 4000, errorMessage: "" };
    const [session, clock] = [new FakeSession(), new TurnClock()];
    session.events({ type: "auto_retry_start", ...retry });
    clock.update(session.transcript, at, false);
    expect([clock.retryLeft(at), clock.retryLeft(at + 3500), clock.retryLeft(at + 4000)]).toEqual([4000, 500, 0]);
    session.events({ type: "auto_retry_end" });
    clock.update(session.transcript, at, false);
    expect(clock.retryLeft(at)).toBe(0);
    const late = new TurnClock();
    late.update(new FakeSession({}, { state: { ...running.state, retry } as Attached["state"] }).transcript, at, true);
    expect(late.retryLeft(at)).toBe(0);
  });
});
