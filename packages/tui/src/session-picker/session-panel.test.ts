import { RestError, SessionsView } from "@pier/client";
import type { SessionInfo } from "@pier/protocol";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keys, panelSetting, press, shown, type } from "../../tests/support/panels.ts";
import { sessionInfo } from "../../tests/support/session.ts";
import { PanelHost } from "../panels/panel-host.ts";
import type { SessionActions } from "./session-actions.ts";
import { SessionPanel, type SessionPanelOptions } from "./session-panel.ts";

const now = 10_000_000;
const minutes = (count: number): number => now - count * 60_000;

const sessions: SessionInfo[] = [
  sessionInfo({
    id: "idle",
    cwd: "/home/ada/web",
    name: "Fix the parser",
    preview: "All 12 tests pass.",
    model: "opus",
    lastActiveAt: minutes(3),
  }),
  sessionInfo({
    id: "asks",
    cwd: "/home/ada/web",
    preview: "hidden",
    attention: { reason: "question", text: "Allow rm -rf?" },
    activity: "running",
    model: "opus",
    lastActiveAt: minutes(120),
  }),
  sessionInfo({
    id: "works",
    cwd: "/srv/api",
    name: "größere Änderung 漢字",
    activity: "running",
    demo: true,
    lastActiveAt: minutes(0),
  }),
  sessionInfo({
    id: "done",
    cwd: "/home/ada",
    attention: { reason: "finished" },
    model: "a-model-with-a-very-long-name",
    preview: "Done.",
    lastActiveAt: minutes(3000),
  }),
  sessionInfo({
    id: "broken",
    cwd: "/srv/api",
    name: "evil\u001b[2J\u202e\nname",
    attention: { reason: "error", text: "overloaded" },
    lastActiveAt: minutes(9),
  }),
  sessionInfo({ id: "new", cwd: "/home/ada", activity: "starting", lastActiveAt: minutes(1) }),
  sessionInfo({
    id: "closed",
    cwd: "/home/ada/old",
    name: "Old one",
    status: "closed",
    activity: "closed",
    lastActiveAt: minutes(9000),
  }),
];

function picker(options: Partial<SessionPanelOptions> = {}, list: readonly SessionInfo[] = sessions, rows = 30) {
  const view = new SessionsView(() => {});
  const update = (changed: readonly SessionInfo[], { full = false, removed = [] as string[] } = {}): void =>
    view.apply({ type: "sessions", full, sessions: [...changed], removed });
  update(list, { full: true });
  const done: (string | null)[] = [];
  const asked: string[] = [];
  const act =
    (what: string) =>
    async (...given: string[]): Promise<void> =>
      void asked.push([what, ...given].join(" "));
  const actions: SessionActions = {
    ...none,
    create: async (place) => {
      asked.push(`create ${place}`);
      return "created";
    },
    closed: async () => closed,
    resume: act("resume"),
    rename: act("rename"),
    close: act("close"),
    remove: act("remove"),
    allow: act("allow"),
    removeWorktree: act("remove worktree of"),
  };
  const host = new PanelHost(() => {});
  const panel = new SessionPanel(panelSetting(rows), {
    sessions: view,
    actions,
    host,
    env: { HOME: "/home/ada" },
    title: "Attach to which session?",
    onDone: (session) => done.push(session),
    ...options,
  });
  host.show(panel);
  return { panel, host, view, update, done, asked, rows: (width = 80) => shown(panel, width) };
}

/** Those that a daemon would list as closed. */
const closed: SessionInfo[] = [
  sessionInfo({
    id: "plain",
    cwd: "/home/ada/old",
    name: "Of plain pi",
    status: "closed",
    activity: "closed",
    origin: "pi",
    lastActiveAt: minutes(70),
  }),
];

const nothing = async (): Promise<void> => {};
const none: SessionActions = {
  closed: async () => [],
  resume: nothing,
  rename: nothing,
  close: nothing,
  remove: nothing,
  allow: nothing,
  worktree: () => Promise.reject(new Error("There is none.")),
  removeWorktree: nothing,
};

/** The session whose row is selected. */
const selected = (rows: readonly string[]): string | undefined => rows.find((row) => row.startsWith("→"));

beforeEach(() => void vi.useFakeTimers({ now, toFake: ["Date", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

describe("SessionPanel", () => {
  test("of 80 columns, has folders with those first that need somebody, state, words, model and age", () => {
    expect(picker().rows()).toEqual([
      "─".repeat(80),
      "Attach to which session?",
      `> type to filter${" ".repeat(61)}1/6`,
      "/srv/api",
      "→ ✗ error            evil name  overloaded                                    9m",
      "  ● working          größere Änderung 漢字                 demo model        now",
      "~/web",
      "  ? needs an answer  Allow rm -rf?                         opus               2h",
      "  ○ idle             Fix the parser  All 12 tests pass.    opus               3m",
      "~",
      "  ✓ finished, unread Done.                                 a-model-with-a-…   2d",
      "  … starting         new session                                              1m",
      "Enter attach · Esc leave · Tab closed · Ctrl+N new · Ctrl+R name · Ctrl+K close",
      "─".repeat(80),
    ]);
  });

  test("of 40 columns, has marks, names and ages", () => {
    expect(picker().rows(40)).toEqual([
      "─".repeat(40),
      "Attach to which session?",
      `> type to filter${" ".repeat(21)}1/6`,
      "/srv/api",
      "→ ✗ evil name  overloaded             9m",
      "  ● größere Änderung 漢字            now",
      "~/web",
      "  ? Allow rm -rf?                     2h",
      "  ○ Fix the parser  All 12 tests p…   3m",
      "~",
      "  ✓ Done.                             2d",
      "  … new session                       1m",
      "Enter attach · Esc leave · Tab closed",
      "─".repeat(40),
    ]);
  });

  test.each([1, 5, 20, 51, 52, 71, 72, 200])("of %i columns, has no row that is too wide", (width) => {
    for (const rows of [3, 9, 24]) {
      const { panel } = picker({}, sessions, rows);
      shown(panel, width);
    }
  });

  test.each([
    ["parser", "idle"],
    ["all 12", "idle"],
    ["API größ", "works"],
    ["very-long", "done"],
    ["demo", "works"],
    ["allow", "asks"],
    ["ftp", "idle"],
    ["ftp tests pass", "idle"],
  ])("typing %j, finds by name, folder, last words or model", (typed, id) => {
    const { panel, done } = picker();
    type(panel, typed);
    press(panel, keys.enter);
    expect(done).toEqual([id]);
  });

  test("sessions that change while one looks, change their row and leave the selected one selected", () => {
    const { panel, update, rows, done } = picker();
    for (let at = 0; at < 3; at++) press(panel, keys.down);
    expect(selected(rows())).toContain("Fix the parser");
    update([
      sessionInfo({ id: "idle", cwd: "/home/ada/web", name: "Fix all", activity: "running", lastActiveAt: now }),
    ]);
    update([sessionInfo({ id: "more", cwd: "/home/ada/first", attention: { reason: "question" }, lastActiveAt: now })]);
    expect(rows()[3]).toBe("~/first");
    expect(selected(rows())).toMatch(/^→ ● working +Fix all .* now$/);
    update([], { removed: ["idle"] });
    expect(selected(rows())).not.toContain("Fix all");
    press(panel, keys.enter);
    expect(done).toHaveLength(1);
    update([], { full: true });
    expect(rows()[3]).toBe("  No session is open.");
    press(panel, keys.enter, keys.ctrl("r"), keys.ctrl("k"), keys.down, keys.up, keys.pageDown);
    expect(done).toHaveLength(1);
  });

  test("sessions that are only active, stay where they are; one that needs somebody comes up", () => {
    const { update, rows } = picker();
    const before = rows().map((row) => row.slice(0, 2));
    for (const id of ["new", "done", "asks"]) {
      const info = sessions.find((one) => one.id === id);
      if (info) update([{ ...info, lastActiveAt: now + 1 }]);
    }
    expect(rows().map((row) => row.slice(0, 2))).toEqual(before);
    update([
      sessionInfo({ id: "new", cwd: "/home/ada", attention: { reason: "question", text: "Well?" }, lastActiveAt: now }),
    ]);
    expect(rows().slice(3, 6)).toEqual(["~", expect.stringContaining("Well?"), expect.stringContaining("Done.")]);
  });

  test("without a connection, says so and keeps what was known", () => {
    const { view, rows, update } = picker();
    view.lost();
    expect(rows().at(-2)).toMatch(/^connection lost, trying again · Enter attach/);
    expect(selected(rows())).toContain("evil name");
    update(sessions, { full: true });
    expect(rows().at(-2)).toMatch(/^Enter attach/);
  });

  test("ages grow while one looks, and no more after close", () => {
    const setting = panelSetting();
    const requestRender = vi.spyOn(setting.screen, "requestRender");
    const { view } = picker();
    const panel = new SessionPanel(setting, {
      sessions: view,
      actions: none,
      host: new PanelHost(() => {}),
      env: {},
      title: "",
      onDone() {},
    });
    requestRender.mockClear();
    vi.advanceTimersByTime(60_000);
    expect(requestRender).toHaveBeenCalledTimes(2);
    panel.close();
    view.apply({ type: "sessions", full: true, sessions: [], removed: [] });
    vi.advanceTimersByTime(60_000);
    expect(requestRender).toHaveBeenCalledTimes(2);
  });

  test("Ctrl+N, starts one and gives it; where that is not allowed, it is not offered", async () => {
    const { panel, done, rows } = picker();
    press(panel, keys.ctrl("n"), keys.enter);
    expect(rows().at(-2)).toMatch(/^starting pi … · /);
    await expect.poll(() => done).toEqual(["created"]);
    const without = picker({ actions: none });
    press(without.panel, keys.ctrl("n"), keys.ctrl("t"));
    expect(without.rows().at(-2)).toBe("Enter attach · Esc leave · Tab closed · Ctrl+R name · Ctrl+K close");
  });

  test("Ctrl+R, asks for the name and gives it", () => {
    const { panel, host, asked } = picker();
    press(panel, keys.down, keys.ctrl("r"));
    if (!host.current) throw new Error("There is no panel.");
    expect(shown(host.current, 40)[2]).toBe("> größere Änderung 漢字");
    type(host.current, " 2 ");
    press(host.current, keys.enter);
    expect(asked).toEqual(["rename works größere Änderung 漢字 2"]);
    expect(host.current).toBe(panel);
    press(panel, keys.ctrl("r"));
    press(host.current, keys.escape);
    expect(asked).toHaveLength(1);
  });

  test("Ctrl+K, asks before it closes one", async () => {
    const { panel, host, asked } = picker();
    press(panel, keys.ctrl("k"));
    if (!host.current) throw new Error("There is no panel.");
    expect(shown(host.current, 80)[1]).toBe("Close evil name?");
    press(host.current, "n");
    press(panel, keys.ctrl("k"));
    press(host.current, "y");
    await expect.poll(() => asked).toEqual(["close broken"]);
  });

  test("Ctrl+D, asks before it deletes one, and never the one that is shown", async () => {
    const { panel, host, asked } = picker();
    press(panel, keys.ctrl("d"));
    if (!host.current) throw new Error("There is no panel.");
    expect(shown(host.current, 80)[1]).toBe("Delete evil name?");
    press(host.current, keys.escape);
    press(panel, keys.ctrl("d"));
    press(host.current, "y");
    await expect.poll(() => asked).toEqual(["remove broken"]);
    const within = picker({ withClosed: true, current: "broken" });
    press(within.panel, keys.ctrl("d"));
    expect(within.host.current).toBe(within.panel);
  });

  test("what the daemon refuses, is said until the next key", async () => {
    const refuse = (): Promise<never> =>
      Promise.reject(new Error("The scope is read:\u001b[2J pair this device again."));
    const { panel, rows } = picker({
      actions: { ...none, create: refuse },
    });
    press(panel, keys.ctrl("n"));
    await expect.poll(() => rows().at(-2)).toMatch(/^The scope is read: pair this device again\. · /);
    press(panel, keys.down);
    expect(rows().at(-2)).toMatch(/^Enter attach/);
  });

  test("within a client, marks the session that is shown, and opens closed ones again", async () => {
    const { panel, rows, asked, done } = picker({ withClosed: true, current: "idle" });
    expect(rows().find((row) => row.includes("Fix the parser (this one)"))).toBeDefined();
    type(panel, "old one");
    expect(selected(rows())).toMatch(/^→ · closed +Old one .* 6d$/);
    press(panel, keys.ctrl("k"), keys.enter);
    await expect.poll(() => done).toEqual(["closed"]);
    expect(asked).toEqual(["resume closed"]);
  });

  test("Tab, shows the closed ones and those of plain pi, to be read or resumed, and again the open ones", async () => {
    const { panel, rows, done, asked } = picker();
    press(panel, "\t");
    await expect
      .poll(() => rows().slice(3, -1))
      .toEqual([
        "~/old",
        expect.stringMatching(/^→ · closed +Of plain pi .* 1h$/),
        "Enter resume · Ctrl+O read · Esc leave · Tab open · Ctrl+R name · Ctrl+D delete",
      ]);
    press(panel, keys.ctrl("o"));
    expect(done).toEqual(["plain"]);
    expect(asked).toEqual([]);
    press(panel, "\t");
    expect(rows().at(-2)).toMatch(/^Enter attach/);
    press(panel, keys.ctrl("o"));
    expect(done).toHaveLength(1);
  });

  test("Ctrl+T, starts one in a worktree", async () => {
    const { panel, done, asked } = picker();
    press(panel, keys.ctrl("t"));
    await expect.poll(() => done).toEqual(["created"]);
    expect(asked).toEqual(["create worktree"]);
  });

  test("an .envrc that is not approved: asked about, then approved and tried again; or nothing happens", async () => {
    const blocked = new RestError(409, "DIRENV_BLOCKED", "direnv: .envrc is blocked", "/home/ada/web/.envrc");
    const asked: string[] = [];
    let isAllowed = false;
    const create = async (): Promise<string> => {
      if (!isAllowed) throw blocked;
      return "created";
    };
    const allow = async (envrc: string): Promise<void> => {
      asked.push(envrc);
      isAllowed = true;
    };
    const { panel, host, done, rows } = picker({ actions: { ...none, create, allow } });
    press(panel, keys.ctrl("n"));
    await expect.poll(() => host.current === panel).toBe(false);
    if (!host.current) throw new Error("There is no panel.");
    press(host.current, keys.escape);
    await expect.poll(() => rows().at(-2)).toMatch(/^Enter attach/);
    expect([done, asked]).toEqual([[], []]);
    press(panel, keys.ctrl("n"));
    await expect.poll(() => host.current === panel).toBe(false);
    press(host.current, "y");
    await expect.poll(() => done).toEqual(["created"]);
    expect(asked).toEqual(["/home/ada/web/.envrc"]);
  });

  test("2,000 sessions of which one changes again and again, keep up", () => {
    const many = Array.from({ length: 2_000 }, (_, at) =>
      sessionInfo({ id: `${at}`, cwd: `/home/ada/${at % 40}`, name: `Session ${at}`, lastActiveAt: minutes(at) }),
    );
    const { panel, update, rows, done } = picker({}, many);
    for (let at = 0; at < 100; at++) {
      update([
        sessionInfo({ id: "0", cwd: "/home/ada/0", name: "Session 0", preview: `word ${at}`, lastActiveAt: now + at }),
      ]);
      rows();
    }
    expect(rows()[4]).toContain("word 99");
    type(panel, "1999");
    press(panel, keys.enter);
    expect(done).toEqual(["1999"]);
  });
});
