import { ClientError } from "@pier/client";
import type { Numbers } from "@pier/client";
import { describe, expect, test } from "vitest";
import { bare } from "../../tests/support/bare.ts";
import { FakeSession } from "../../tests/support/fake-session.ts";
import { visibleWidth } from "../pi-tui/index.ts";
import { neutralise } from "../text/index.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { StatusBar } from "./status-bar.ts";

const plain = new Theme(dark, "none");
const none: Numbers = { totals: null, context: null, window: null };
const some: Numbers = { totals: { input: 11_240, output: 587, cost: 0.0124 }, context: 15_744, window: 128_000 };
const pi = { model: { id: "claude-opus-4-20250514", provider: "anthropic", reasoning: true }, thinkingLevel: "high" };
const now = 1_000_000;

function rows(
  session: FakeSession,
  width: number,
  { numbers = some, host = undefined as string | undefined } = {},
): string[] {
  const { connection, transcript } = session;
  const bar = new StatusBar(plain, () => ({ connection, transcript, numbers, host, home: "/home/ada", now }));
  return bar.render(width).map(bare);
}

/** A session about which much can be said. */
function busy(): FakeSession {
  const session = new FakeSession(
    { name: "fix the parser" },
    {
      state: { running: true, pi, compaction: null, retry: null, offered: [] },
      queue: { steering: ["a"], followUp: ["b"] },
    },
  );
  session.presence("pier", "web");
  session.ui({ method: "setStatus", statusKey: "z", statusText: "lint: 3 warnings" });
  session.ui({ method: "setStatus", statusKey: "a", statusText: "\u001b[31mplan\u001b[0m\nmode" });
  return session;
}

describe("StatusBar", () => {
  test("a session about which much can be said, says it by what there is room for", () => {
    const session = busy();
    expect(rows(session, 120)).toEqual([
      "fix the parser · ~/project                                                                 claude-opus-4-20250514 · high",
      "12.3%/128k · ↑11k ↓587 · $0.012 · 2 queued · 2 here                                         plan mode · lint: 3 warnings",
    ]);
    expect(rows(session, 80)).toEqual([
      "fix the parser · ~/project                         claude-opus-4-20250514 · high",
      "12.3%/128k · ↑11k ↓587 · $0.012 · 2 queued · 2 here     plan mode · lint: 3 war…",
    ]);
    expect(rows(session, 40)).toEqual([
      "fix the parser · project   claude-opus-4",
      "12.3%/128k · $0.012 · 2 queued · 2 here",
    ]);
    expect(rows(session, 20)).toEqual(["fix the parser", "12% · 2 queued"]);
  });

  test("a new session, says where it is and leaves out what is not known", () => {
    expect(rows(new FakeSession(), 60, { numbers: none })).toEqual(["~/project", ""]);
  });

  test("nothing that is zero, is shown", () => {
    const numbers = { totals: { input: 0, output: 0, cost: 0 }, context: 0, window: 128_000 };
    expect(rows(new FakeSession(), 60, { numbers })[1]).toBe("0.0%/128k");
  });

  test("a session on another machine, says which and does not take its home for this one's", () => {
    expect(rows(new FakeSession(), 60, { host: "build.example" })[0]).toBe("/home/ada/project · @build.example");
    expect(rows(new FakeSession(), 30, { host: "build.example" })[0]).toBe("project · @build.example");
  });

  test("the demo model, is always called that", () => {
    const session = new FakeSession(
      { demo: true },
      { state: { running: false, pi, compaction: null, retry: null, offered: [] } },
    );
    expect(rows(session, 80)[0]).toMatch(/^~\/project +demo model: answers are scripted$/);
    expect(rows(session, 30)[0]).toBe("~/project           demo model");
  });

  test("thinking that is off, is said as far as the model could", () => {
    const state = { running: false, compaction: null, retry: null, offered: [] };
    const off = new FakeSession({}, { state: { ...state, pi: { ...pi, thinkingLevel: "off" } } });
    expect(rows(off, 80)[0]).toMatch(/claude-opus-4-20250514 · thinking off$/);
    const cannot = { ...pi, model: { ...pi.model, reasoning: false } };
    expect(rows(new FakeSession({}, { state: { ...state, pi: cannot } }), 80)[0]).toMatch(/claude-opus-4-20250514$/);
  });

  test("a lost connection, comes before everything else", () => {
    const session = busy();
    session.connected({ status: "waiting", reason: new ClientError("CONNECTION_LOST", "gone"), retryAt: now + 2_400 });
    expect(rows(session, 120)[0]).toMatch(
      /^connection lost · trying again in 3 s · what you type is kept · fix the parser · ~\/project +claude-opus-4-20250514$/,
    );
    expect(rows(session, 80)[0]).toBe("connection lost · trying again in 3 s · what you type is kept · fix the parser");
    expect(rows(session, 40)[0]).toBe("lost · again in 3 s · fix the parser");
    expect(rows(session, 20)[0]).toBe("offline · fix the p…");
    session.connected({ status: "connecting" });
    expect(rows(session, 80)[0]).toBe("connection lost · connecting… · what you type is kept · fix the parser");
    session.connected({ status: "open", welcome: {} as never });
    expect(rows(session, 80)[0]).toMatch(/^catching up… · fix the parser · ~\/project/);
    session.attach({ seq: 50 });
    expect(rows(session, 80)[0]).toMatch(/^fix the parser · ~\/project/);
  });

  test.each([
    [0.5, "dim"],
    [0.71, "warning"],
    [0.91, "error"],
  ] as const)("a context that is full by %f, is %s", (part, role) => {
    const theme = new Theme(dark, "truecolor");
    const session = new FakeSession();
    const { connection, transcript } = session;
    const numbers = { totals: null, context: part * 1000, window: 1000 };
    const bar = new StatusBar(theme, () => ({
      connection,
      transcript,
      numbers,
      host: undefined,
      home: undefined,
      now,
    }));
    expect(bar.render(80)[1]).toContain(theme.fg(role, `${(part * 100).toFixed(1)}%/1.0k`));
  });

  test("whatever is in it, no row is wider than the terminal or breaks it", () => {
    const session = new FakeSession({
      name: "漢字👩‍👩‍👧‍👦 \u202eevil\u0007 name\twith\nall e\u0301 ".repeat(20),
      cwd: `/home/ada/${"深い/".repeat(60)}`,
    });
    for (let at = 0; at < 100; at++)
      session.ui({ method: "setStatus", statusKey: `k${at}`, statusText: "\u001b]0;x\u0007🚢 سلام ".repeat(30) });
    for (let width = 0; width <= 130; width++) {
      for (const host of [undefined, "höst.example"]) {
        for (const row of rows(session, width, { host })) {
          expect(visibleWidth(row)).toBeLessThanOrEqual(width);
          expect(neutralise(row)).toBe(row);
          expect(row).not.toMatch(/[\n\t]/);
        }
      }
    }
  });
});
