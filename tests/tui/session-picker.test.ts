import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { script } from "@pier/demo-model";
import type { SessionRecord } from "@pier/protocol";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { launcher } from "../cli/programs.ts";
import { Terminal } from "../cli/terminal.ts";
import { commitFolder } from "../harness/git-repository.ts";
import { attachTo, play, restOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo, editor, pierIn } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** Each test has its own sessions. */
afterEach(async () => {
  const rest = restOf(daemon);
  for (const { id, status } of await rest.list()) if (status === "live") await rest.kill(id);
});

/** A session in a folder of the person's home. */
function sessionIn(folder: string, name?: string): Promise<SessionRecord> {
  const path = join(daemon.home, folder);
  mkdirSync(path, { recursive: true });
  return restOf(daemon).create({ working_dir: path, ...(name !== undefined && { name }) });
}

/** The rows of the picker between its lines. */
function rows(text: string): string[] {
  const all = text.split("\n");
  return all.slice(
    all.findIndex((row) => row.startsWith("───")) + 1,
    all.findLastIndex((row) => row.startsWith("───")),
  );
}

const title = "Attach to which session?";

describe("pier attach with several sessions", () => {
  test("shows them by folder with those that need somebody first, and attaches to the chosen one", async () => {
    const idle = await sessionIn("web", "Fix the parser");
    const done = await attachTo(daemon, (await sessionIn("api")).id);
    await play(done, [{ text: "All is well." }]);
    done.detach();
    const asks = await attachTo(daemon, (await sessionIn("api", "Asks")).id);
    await asks.prompt(script([{ http: 400, message: "no such model" }]));
    await until(asks, "an error", () => asks.transcript.info?.attention?.reason === "error");
    const screen = pierIn(daemon, "attach");
    const text = await screen.shows(/Fix the parser[^]*Ctrl\+K close\n─/);
    expect(rows(text)).toEqual([
      title,
      `> type to filter${" ".repeat(61)}1/3`,
      "~/api",
      expect.stringMatching(/^→ ✗ error +Asks {2}400: .* demo-reasoning +(?:now|\dm)$/),
      expect.stringMatching(/^ {2}○ idle +All is well\. .* demo-reasoning +(?:now|\dm)$/),
      "~/web",
      expect.stringMatching(/^ {2}○ idle +Fix the parser .* demo-reasoning +(?:now|\dm)$/),
      "Enter attach · Esc leave · Tab closed · Ctrl+N new · Ctrl+R name · Ctrl+K close",
    ]);
    screen.type("prs");
    await screen.shows(/1\/1\n~\/web\n→ ○ idle +Fix the parser/);
    screen.press("Enter");
    await screen.shows((shown) => !shown.includes(title) && editor.test(shown));
    await expect.poll(async () => (await restOf(daemon).get(idle.id)).clients).toBe(1);
    screen.press("C-d");
    await screen.shows("exit code 0");
  });

  test("changes while one looks: a new session, a renamed one, one that begins to work, one that is closed", async () => {
    await sessionIn("web", "First");
    const second = await attachTo(daemon, (await sessionIn("web", "Second")).id);
    const screen = pierIn(daemon, "attach");
    await screen.shows("1/2");
    const third = await sessionIn("new folder", "Third");
    await screen.shows(/^~\/new folder\n {2}○ idle +Third/m);
    await second.setSessionName("Zweite Sitzung 漢字");
    await screen.shows("Zweite Sitzung 漢字");
    await second.prompt(script([{ text: "At it." }, { gate: "working" }]));
    await screen.shows(/● working +Zweite Sitzung 漢字/);
    daemon.model.gates.open("working");
    await screen.shows((text) => !text.includes("● working"));
    await restOf(daemon).kill(third.id);
    await screen.shows((text) => !text.includes("new folder"));
    screen.press("Escape");
    await screen.shows("exit code 0");
  });

  test("Ctrl+R renames, Ctrl+K asks and closes, Ctrl+N starts one here", async () => {
    const first = await sessionIn("web", "First");
    await sessionIn("api", "Second");
    const screen = pierIn(daemon, "attach");
    await screen.shows("1/2");
    screen.type("First");
    await screen.shows("1/1");
    screen.press("C-r");
    await screen.shows(/Name of the session\n> First\n/);
    screen.enter(" of all");
    // The list tells it in its own way; keys count again once the answer is there, too.
    await screen.shows((text) => /→ .*First of all/.test(text) && !text.includes("renaming …"));
    screen.press("C-k");
    await screen.shows("Close First of all?");
    screen.press("y");
    await screen.shows((text) => text.includes("Nothing fits what is typed.") && !text.includes("closing …"));
    expect((await restOf(daemon).get(first.id)).status).toBe("closed");
    screen.press("C-n");
    await screen.shows((text) => !text.includes(title) && editor.test(text));
    await expect
      .poll(async () => (await restOf(daemon).list()).filter(({ working_dir }) => working_dir === daemon.folder))
      .toMatchObject([{ status: "live", clients: 1 }]);
  });

  test("Ctrl+D asks, and deletes", async () => {
    const first = await sessionIn("web", "First");
    await sessionIn("api", "Second");
    const screen = pierIn(daemon, "attach");
    await screen.shows("1/2");
    screen.type("First");
    await screen.shows("1/1");
    screen.press("C-d");
    await screen.shows("Delete First?");
    screen.press("y");
    await screen.shows("Nothing fits what is typed.");
    await expect(restOf(daemon).get(first.id)).rejects.toMatchObject({ code: "SESSION_NOT_FOUND" });
  });

  test("whose daemon is killed, says so, and shows them again when it is back", async () => {
    await sessionIn("web", "First");
    await sessionIn("web", "Second");
    const screen = pierIn(daemon, "attach");
    await screen.shows("1/2");
    await daemon.kill();
    await screen.shows("connection lost, trying again");
    expect(screen.text()).toContain("Second");
    await daemon.start();
    await screen.shows((text) => text.includes("Second") && !text.includes("connection lost"));
    screen.press("Enter");
    await screen.shows((text) => !text.includes(title) && editor.test(text));
  });

  test("Esc and Ctrl+C, leave the terminal as it was", async () => {
    await sessionIn("web", "First");
    await sessionIn("web", "Second");
    for (const key of ["Escape", "C-c"]) {
      const screen = pierIn(daemon, "attach");
      await screen.shows("1/2");
      screen.press(key);
      expect(await screen.shows("exit code 0")).toBe("exit code 0");
      screen.type("echo");
      await screen.shows(/^exit code 0\necho$/);
    }
  });

  test("in a narrow and low terminal, fits", async () => {
    await sessionIn("a rather long name of a folder", "A session with a rather long name 漢字漢字");
    await sessionIn("web", "Second");
    const screen = pierIn(daemon, "attach");
    await screen.shows("1/2");
    screen.resize(30, 9);
    await screen.shows((text) => text.includes(title) && text.split("\n").every((row) => row.length <= 30));
    screen.press("Down");
    screen.press("Enter");
    await screen.shows((text) => !text.includes(title) && /^───/m.test(text));
  });

  test("in a terminal that cannot draw, asks for a number", async () => {
    await sessionIn("web", "First");
    await sessionIn("web", "Second");
    const env = { ...daemon.env, PIER_DATA_DIR: daemon.dataDir };
    const screen = new Terminal(["/usr/bin/env", "TERM=dumb", process.execPath, launcher("pier"), "attach"], {
      env,
      cwd: daemon.folder,
    });
    await screen.shows("Which one? 1-2");
  });
});

describe("pier attach without a session", () => {
  test("offers to start one here, and attaches to it", async () => {
    const screen = pierIn(daemon, "attach");
    await screen.shows(/No session is open\. Start one in .*\? y\/N/);
    screen.enter("y");
    await screen.shows(editor);
    const live = (await restOf(daemon).list()).filter(({ status }) => status === "live");
    expect(live).toMatchObject([{ working_dir: daemon.folder }]);
  });

  test("and with a no, starts nothing", async () => {
    const screen = pierIn(daemon, "attach");
    await screen.shows("y/N");
    screen.press("Enter");
    await screen.shows("exit code 0");
    expect((await restOf(daemon).list()).filter(({ status }) => status === "live")).toEqual([]);
  });
});

test("/resume in a client, shows the same list with closed sessions, and goes to the chosen one", async () => {
  const first = await sessionIn("web", "First");
  const closed = await sessionIn("old", "Closed one");
  const other = await attachTo(daemon, closed.id);
  await play(other, [{ text: "What was said." }]);
  other.detach();
  await restOf(daemon).kill(closed.id);
  const screen = await attachedTo(daemon, first.id);
  screen.enter("/resume");
  await screen.shows("Go to which session?");
  await screen.shows("First (this one)");
  screen.type("closed one");
  await screen.shows(/^~\/old\n→ · closed +Closed one/m);
  screen.press("Enter");
  await screen.shows("This is Closed one. The session before goes on.");
  expect(screen.text()).toContain("What was said.");
  screen.enter("/resume");
  await screen.shows("Go to which session?");
  screen.press("C-n");
  await screen.shows(/This is .*session.*\. The session before goes on\./);
  const made = (await restOf(daemon).list()).filter(({ working_dir }) => basename(working_dir) === "old");
  expect(made).toHaveLength(2);
});

describe("closed sessions in the picker", () => {
  test("Tab lists them and those of plain pi; Ctrl+O reads one without pi, //resume goes on in it", async () => {
    const closed = await attachTo(daemon, (await sessionIn("web", "Over and done")).id);
    await play(closed, [{ text: "It was the cache." }]);
    await restOf(daemon).kill(closed.session);
    closed.detach();
    writePlainSession(daemon);
    await sessionIn("web", "First");
    await sessionIn("api", "Second");
    const screen = pierIn(daemon, "attach");
    await screen.shows("1/2");
    screen.press("Tab");
    await screen.shows(/closed +Of plain pi/);
    screen.type("done");
    await screen.shows(/→ · closed +Over and done {2}It was the cache\./);
    screen.press("C-o");
    await screen.shows("This session is closed: it is here to be read.");
    await screen.shows("It was the cache.");
    expect(await restOf(daemon).get(closed.session)).toMatchObject({ status: "closed", pid: null });
    screen.enter("//resume");
    await screen.shows("pi was started again.");
    expect(await restOf(daemon).get(closed.session)).toMatchObject({ status: "live" });
    screen.enter(script([{ text: "And on it goes." }]));
    await screen.shows(/^\s*And on it goes\.$/m);
  });

  test("an .envrc that is not approved: asked about, then pi starts with what it sets", async () => {
    const { id, working_dir } = await sessionIn("envrc", "With an envrc");
    await restOf(daemon).kill(id);
    writeFileSync(join(working_dir, ".envrc"), "export FROM_ENVRC=yes\n");
    await sessionIn("web", "First");
    await sessionIn("api", "Second");
    const screen = pierIn(daemon, "attach");
    await screen.shows("1/2");
    screen.press("Tab");
    // Keys count once they are listed.
    await screen.shows(/closed +With an envrc/);
    screen.type("envrc");
    await screen.shows(/→ · closed +With an envrc/);
    screen.press("Enter");
    await screen.shows("Allow this folder's environment?");
    screen.press("y");
    await screen.shows((text) => !text.includes(title) && editor.test(text));
    const session = await attachTo(daemon, id);
    expect((await session.bash('echo "$FROM_ENVRC"')).output.trim()).toBe("yes");
  });

  test("Ctrl+T starts one in a worktree; closing it offers to remove that, unless there is work in it", async () => {
    const { git } = commitFolder(daemon, daemon.folder);
    await sessionIn("web", "First");
    await sessionIn("api", "Second");
    const begin = async () => {
      const screen = pierIn(daemon, "attach");
      await screen.shows("Ctrl+N new");
      screen.press("C-t");
      await screen.shows((text) => !text.includes(title) && editor.test(text));
      screen.press("C-d");
      await screen.shows("exit code 0");
      const [made] = (await restOf(daemon).list()).filter(({ status, worktree }) => status === "live" && worktree);
      if (!made?.worktree) throw new Error("There is no worktree.");
      await restOf(daemon).rename(made.id, "In a worktree");
      return made.worktree;
    };
    const close = async (): Promise<Terminal> => {
      const screen = pierIn(daemon, "attach");
      await screen.shows("In a worktree");
      screen.type("worktree");
      await screen.shows("1/1");
      screen.press("C-k");
      await screen.shows("Close In a worktree?");
      screen.press("y");
      return screen;
    };
    const dirty = await begin();
    writeFileSync(join(dirty.path, "work.txt"), "work\n");
    const kept = await close();
    await kept.shows("Its worktree stays, for there is work in it");
    expect(existsSync(dirty.path)).toBe(true);
    const clean = await begin();
    const gone = await close();
    await gone.shows("Remove its worktree too?");
    gone.press("y");
    await expect.poll(() => existsSync(clean.path)).toBe(false);
    await expect.poll(() => git("branch", "--format=%(refname:short)").split("\n")).not.toContain(clean.branch);
  });
});

/** A session that pi itself wrote. */
function writePlainSession({ home, folder }: TestDaemon): void {
  const id = "0199aa00-2222-7000-8000-00000000abcd";
  const place = join(home, ".pi", "agent", "sessions", "--plain--");
  mkdirSync(place, { recursive: true });
  const timestamp = new Date().toISOString();
  const message = { role: "user", content: "Of plain pi", timestamp: Date.now() };
  const lines = [
    { type: "session", version: 3, id, timestamp, cwd: folder },
    { type: "message", id: "00000001", parentId: null, timestamp, message },
  ];
  writeFileSync(join(place, `x_${id}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
