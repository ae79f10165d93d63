import { ClientError } from "@pier/client";
import type { Attached } from "@pier/protocol";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bare } from "../../tests/support/bare.ts";
import { FakeSession } from "../../tests/support/fake-session.ts";
import { VirtualTerminal } from "../../tests/support/virtual-terminal.ts";
import { Screen } from "../screen/screen.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { SessionStatus } from "./session-status.ts";

const [begin, bell] = ["\u001b]0;", "\u0007"];
const running: Attached["state"] = { running: true, pi: null, compaction: null, retry: null, offered: [] };

/** A terminal whose titles and sounds can be told apart. */
class TitledTerminal extends VirtualTerminal {
  /** The titles that were set. */
  get titles(): string[] {
    return this.#pieces.map(([title]) => title);
  }

  /** How often it rang beside that. */
  get rings(): number {
    const rest = [this.written.split(begin)[0] ?? "", ...this.#pieces.map(([, text]) => text)];
    return rest.join("").split(bell).length - 1;
  }

  /** Each title, with what was written after it. */
  get #pieces(): [title: string, rest: string][] {
    return this.written
      .split(begin)
      .slice(1)
      .map((piece) => [piece.slice(0, piece.indexOf(bell)), piece.slice(piece.indexOf(bell) + 1)]);
  }
}

interface Stage {
  terminal: TitledTerminal;
  status: SessionStatus;
  screen: Screen;
  renders: ReturnType<typeof vi.fn>;
  rows(): string[];
}

function stage(session: FakeSession, env: NodeJS.ProcessEnv = {}): Stage {
  const terminal = new TitledTerminal(80, 24);
  const screen = new Screen(terminal, {
    scrollback: { render: () => [], dropAbove: () => 0, restore: () => {} },
    dock: { render: () => ({ rows: [], covering: 0 }) },
  });
  screen.start();
  const renders = vi.fn();
  const news = { say: () => {}, end: () => {}, resume: () => "", setEditorText: () => {} };
  const status = new SessionStatus({
    connection: session.connection,
    attachment: session.attachment,
    terminal,
    theme: new Theme(dark, "none"),
    env: { TERM: "xterm-256color", HOME: "/home/ada", ...env },
    host: undefined,
    news,
    requestRender: renders,
  });
  session.transcript.subscribe((change) => status.update(change));
  status.start(screen);
  const rows = (): string[] =>
    [...status.above, ...status.below].flatMap((section) => section.render(80)).map((row) => bare(row).trimEnd());
  return { terminal, status, screen, renders, rows };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("SessionStatus", () => {
  test("a session that rests, has a row for work and two of status, and draws nothing by itself", () => {
    const { renders, rows } = stage(new FakeSession());
    expect(rows()).toEqual(["", "", "~/project", ""]);
    renders.mockClear();
    vi.advanceTimersByTime(60_000);
    expect(renders).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("while a turn runs, its row moves eight times a second at most, and stops with it", () => {
    const session = new FakeSession();
    const { renders, rows, status } = stage(session);
    session.events({ type: "agent_start" });
    renders.mockClear();
    const seen = new Set<string | undefined>();
    for (let at = 0; at < 40; at++) {
      vi.advanceTimersByTime(50);
      seen.add(rows()[1]);
    }
    expect(renders).toHaveBeenCalledTimes(16);
    expect([...seen].at(-1)).toMatch(/^\S working · 2 s · Esc stops$/);
    session.events({ type: "agent_settled" });
    renders.mockClear();
    vi.advanceTimersByTime(60_000);
    expect(renders).not.toHaveBeenCalled();
    expect(rows()[1]).toBe("");
    status.stop();
  });

  test.each([
    ["PIER_NO_ANIMATION", { PIER_NO_ANIMATION: "1" }, false],
    ["a dumb terminal", { TERM: "dumb" }, false],
    ["nobody looking", {}, true],
  ])("with %s, only the clock goes on", (_, env, away) => {
    const session = new FakeSession();
    const { renders, terminal } = stage(session, env);
    if (away) terminal.input("\u001b[O");
    session.events({ type: "agent_start" });
    renders.mockClear();
    vi.advanceTimersByTime(10_000);
    expect(renders).toHaveBeenCalledTimes(10);
  });

  test("a lost connection, counts down in the status bar", () => {
    const session = new FakeSession();
    const { rows, terminal } = stage(session);
    terminal.input("\u001b[I");
    const reason = new ClientError("CONNECTION_LOST", "gone");
    session.connected({ status: "waiting", reason, retryAt: Date.now() + 3000 });
    expect(rows().at(-2)).toBe("connection lost · trying again in 3 s · what you type is kept · ~/project");
    vi.advanceTimersByTime(1500);
    expect(rows().at(-2)).toContain("trying again in 2 s");
    session.connected({ status: "open", welcome: {} as never });
    session.attach({ seq: 9 });
    expect(rows().at(-2)).toBe("~/project");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("the title, names the session, says that it works or waits for somebody, and is given back", () => {
    const session = new FakeSession();
    const { terminal, status } = stage(session);
    session.info({ name: "fix\u0007 the\u001b]0;x\u0007 parser" });
    session.events({ type: "agent_start" });
    session.ui({ method: "confirm", id: "d", title: "Sure?" });
    session.events({ type: "agent_settled" });
    session.transcript.apply({
      type: "extension_ui_resolved",
      session: session.transcript.session,
      id: "d",
      reason: "answered",
    });
    session.ui({ method: "setTitle", title: "an extension's\u0007\u001b[2J" });
    status.stop();
    status.stop();
    expect(terminal.titles).toEqual([
      "pier · project",
      "pier · fix the parser",
      "… pier · fix the parser",
      "● pier · fix the parser",
      "pier · fix the parser",
      "an extension's",
      "",
    ]);
    expect(terminal.written.indexOf("\u001b[22;0t")).toBeLessThan(terminal.written.indexOf("\u001b]0;"));
    expect(terminal.written.split("\u001b[23;0t")).toHaveLength(2);
  });

  test.each(["dumb", "linux", "vt100"])("a terminal of type %s, gets no title", (TERM) => {
    const { terminal, status } = stage(new FakeSession(), { TERM });
    status.stop();
    expect(terminal.titles).toEqual([]);
  });

  test("the end of a turn and a question, ring when nobody looks, once each", () => {
    const session = new FakeSession();
    const { terminal, status } = stage(session);
    const turn = (): void => session.events({ type: "agent_start" }, { type: "agent_settled" });
    turn();
    terminal.input("\u001b[O");
    expect(terminal.rings).toBe(0);
    turn();
    expect(terminal.rings).toBe(1);
    session.ui({ method: "confirm", id: "d", title: "Sure?" });
    session.info({ clients: 3 });
    expect(terminal.rings).toBe(2);
    terminal.input("\u001b[I");
    turn();
    expect(terminal.rings).toBe(2);
    status.stop();
    expect(terminal.written).toMatch(/\[\?1004h.*\[\?1004l/s);
  });

  test("PIER_NO_BELL, keeps it quiet", () => {
    const session = new FakeSession();
    const { terminal } = stage(session, { PIER_NO_BELL: "1" });
    terminal.input("\u001b[O");
    session.events({ type: "agent_start" }, { type: "agent_settled" });
    expect(terminal.rings).toBe(0);
  });

  test("a terminal that shows notifications, gets one that says which session, neutralised", () => {
    const session = new FakeSession({ name: "a;b\u0007\u001b]9;c" });
    const { terminal } = stage(session, { TERM_PROGRAM: "ghostty" });
    terminal.input("\u001b[O");
    session.events({ type: "agent_start" }, { type: "agent_settled" });
    expect(terminal.written).toContain("\u001b]9;pier a,b9,c: the turn has ended\u0007");
  });

  test("a turn that ended while the connection was lost, rings when that is known", () => {
    const session = new FakeSession({}, { state: running });
    const { terminal } = stage(session);
    terminal.input("\u001b[O");
    session.transcript.awaitAttached();
    expect(terminal.rings).toBe(0);
    session.attach({ seq: 9 });
    expect(terminal.rings).toBe(1);
  });

  test("while another program has the terminal, nothing is written to it", () => {
    const session = new FakeSession();
    const { terminal, screen } = stage(session);
    screen.stop();
    expect(terminal.written).toMatch(/\?1004l.*\[23;0t/s);
    const before = terminal.written;
    terminal.input("\u001b[O");
    session.events({ type: "agent_start" });
    session.info({ name: "other" });
    session.events({ type: "agent_settled" });
    vi.advanceTimersByTime(5000);
    expect(terminal.written).toBe(before);
    screen.start();
    expect(terminal.titles.at(-1)).toBe("pier · other");
    expect(terminal.written.split("?1004h")).toHaveLength(3);
  });

  test("another session, takes the place of the first and its title", () => {
    const [first, second] = [new FakeSession(), new FakeSession({ cwd: "/srv/other" }, { state: running })];
    const { status, rows, terminal, renders } = stage(first);
    terminal.input("\u001b[O");
    status.follow(second.attachment);
    expect(rows()).toEqual(["", expect.stringMatching(/^\S working · Esc stops$/), "/srv/other", ""]);
    expect(terminal.titles).toEqual(["pier · project", "… pier · other"]);
    expect(terminal.rings).toBe(0);
    status.stop();
    renders.mockClear();
    vi.advanceTimersByTime(60_000);
    expect(renders).not.toHaveBeenCalled();
  });

  test("a terminal that tells its focus, is looked at while it has it", () => {
    const session = new FakeSession();
    const { terminal, status } = stage(session);
    terminal.input("\u001b[O");
    terminal.input("\u001b[I");
    vi.advanceTimersByTime(600_000);
    terminal.input("\u001b[O");
    terminal.input("x");
    expect(session.looks).toEqual([false, true, false]);
    status.stop();
  });

  test("a terminal that tells nothing, is looked at for a minute after each key", () => {
    const session = new FakeSession();
    const { terminal, status } = stage(session);
    vi.advanceTimersByTime(50_000);
    terminal.input("x");
    vi.advanceTimersByTime(59_999);
    expect(session.looks).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(session.looks).toEqual([false]);
    terminal.input("y");
    expect(session.looks).toEqual([false, true]);
    status.stop();
  });

  test("while another program has the terminal, nobody looks; another session that is shown then is told so", () => {
    const [session, other] = [new FakeSession(), new FakeSession()];
    const { screen, status } = stage(session);
    screen.stop();
    expect(session.looks).toEqual([false]);
    status.follow(other.attachment);
    expect(other.looks).toEqual([false]);
    screen.start();
    expect(other.looks).toEqual([false, true]);
    status.stop();
  });
});
