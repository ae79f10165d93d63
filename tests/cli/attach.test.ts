import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rpcDemo } from "../harness/pi-under-test.ts";
import { attachTo, dialog, restOf, settled } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { launcher, runProgram, startProgram } from "./programs.ts";
import { Terminal } from "./terminal.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const environment = (): NodeJS.ProcessEnv => ({ ...daemon.env, PIER_DATA_DIR: daemon.dataDir });

async function newSession(...piArgs: string[]): Promise<string> {
  return (await restOf(daemon).create({ working_dir: daemon.folder, pi_args: piArgs })).id;
}

/** A prompt on one line that does not begin with the mark of a shell command. */
const play = (...steps: Parameters<typeof script>[0]): string => script(steps).replaceAll("\n", " ");

const pier = (args: readonly string[], input = "") =>
  runProgram(args, { env: environment(), cwd: daemon.folder, input });

describe("pier attach without a terminal", () => {
  test("lines of stdin, are prompts one after the other, and it ends with the last turn", async () => {
    const id = await newSession();
    const input = `${play({ text: "First." })}\n${play({ text: "Second." })}\n`;
    const { code, stdout, stderr } = await pier(["attach", id], input);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/\nFirst\.\n[^]*\nSecond\.\n$/);
    // oxlint-disable-next-line no-control-regex -- plain text has none
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("escape sequences of a tool and of the model, do not come through", async () => {
    const id = await newSession();
    const prompt = play(
      { text: "a\u001b[2Jb\u001b]0;owned\u0007c" },
      { tool: "bash", args: { command: "printf '\\033[2J\\033]0;x\\007loud'; exit 3" } },
      { text: "Fine." },
    );
    const { stdout } = await pier(["attach", id], `${prompt}\n`);
    expect(stdout).toMatch(/abc\n\n\$ printf .* {2}✗[^]*loud[^]*Fine\.\n$/);
    // oxlint-disable-next-line no-control-regex -- that is the point
    expect(stdout).not.toMatch(/[\u001b\u0007]/);
  });

  test("a question, is answered by the next line", async () => {
    const id = await newSession("-e", rpcDemo);
    const { code, stdout } = await pier(["attach", id], "/rpc-input\nfrom a pipe\n");
    expect(code).toBe(0);
    expect(stdout).toContain("→ from a pipe");
  });

  test("a turn that fails, ends with 1", async () => {
    const id = await newSession();
    const { code, stdout } = await pier(["attach", id], `${play({ http: 400 })}\n`);
    expect(code).toBe(1);
    expect(stdout).toContain("Model request failed");
  });

  test("a session that is closed, ends it with how it is opened again", async () => {
    const id = await newSession();
    const child = startProgram(["attach", id], { env: environment(), cwd: daemon.folder });
    const exit = once(child, "exit");
    const errors = text(child.stderr as NodeJS.ReadableStream);
    await once(child.stdout as NodeJS.ReadableStream, "data");
    child.stdout?.resume();
    await restOf(daemon).kill(id);
    expect(await exit).toEqual([0, null]);
    expect(await errors).toBe(`The session was closed. \`pier resume ${id.slice(0, 8)}\` opens it again.\n`);
  });

  test("the daemon killed in the middle of a turn, is missed once and nothing is lost", async () => {
    const id = await newSession();
    const child = startProgram(["attach", id], { env: environment(), cwd: daemon.folder });
    const output = text(child.stdout as NodeJS.ReadableStream);
    const exit = once(child, "exit");
    child.stdin?.end(`${play({ text: "One." }, { gate: "killed" }, { text: " Two." }, { text: " Three." })}\n`);
    await daemon.model.gates.waitForArrival("killed");
    await daemon.kill();
    daemon.model.gates.open("killed");
    await daemon.start();
    expect(await exit).toEqual([0, null]);
    const said = await output;
    expect(said.match(/The connection was lost at \d\d:\d\d; trying again/g)).toHaveLength(1);
    expect(said.match(/Connected again\./g)).toHaveLength(1);
    expect(said).toMatch(/One\.[^]* Two\. Three\.\n$/);
    expect(said.match(/Three\.\n/g)).toHaveLength(1);
  });

  test.each([
    ["a closed stdin", "<&-"],
    ["/dev/null", "</dev/null"],
  ])("%s, shows what happens until the session is closed", async (_what, redirection) => {
    const id = await newSession();
    const command = `exec "$0" "$1" attach "$2" ${redirection}`;
    const child = spawn("sh", ["-c", command, process.execPath, launcher("pier"), id], {
      env: environment(),
      cwd: daemon.folder,
    });
    const exit = once(child, "exit");
    const output = text(child.stdout);
    await once(child.stdout, "data");
    const other = await attachTo(daemon, id);
    await other.prompt(play({ text: "Said by another." }));
    await settled(other);
    await restOf(daemon).kill(id);
    expect(await exit).toEqual([0, null]);
    expect(await output).toContain("Said by another.");
  });

  test("a reader that goes away, ends it without a word", async () => {
    const id = await newSession();
    const [line = ""] = play({ tokens: 2000 }).split("\n");
    const command = `printf '%s\\n' "$3" | { "$0" "$1" attach "$2"; echo "code $?" >&2; } | head -c 1 >/dev/null`;
    const args = ["-c", command, process.execPath, launcher("pier"), id, line];
    const { stderr } = await promisify(execFile)("sh", args, { env: environment(), cwd: daemon.folder });
    expect(stderr).toBe("code 0\n");
  });

  test.skipIf(!existsSync("/dev/full"))("stdout that cannot be written, is said and no crash", async () => {
    const id = await newSession();
    const child = spawn(process.execPath, [launcher("pier"), "attach", id], {
      env: environment(),
      cwd: daemon.folder,
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    const errors = text(child.stderr as NodeJS.ReadableStream);
    const [code] = (await once(child, "exit")) as [number | null];
    expect({ code, errors: await errors }).toEqual({
      code: 1,
      errors: "pier: The output cannot be written (ENOSPC).\n",
    });
  });
});

describe.each([
  ["TERM=dumb", { TERM: "dumb" }, []],
  ["--plain", {}, ["--plain"]],
] as const)("pier attach in a terminal with %s", (_what, env, args) => {
  const terminal = (...more: string[]): Terminal => {
    const words = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    return new Terminal(["env", ...words, process.execPath, launcher("pier"), ...more, ...args], {
      env: environment(),
      cwd: daemon.folder,
    });
  };

  test("a prompt, streams its answer as text; what is typed meanwhile steers; Ctrl+D leaves and says how to come back", async () => {
    const id = await newSession();
    const screen = terminal("attach", id);
    await screen.shows(daemon.folder);
    screen.enter(play({ text: "Begun." }, { gate: "typed" }, { text: "The end." }));
    await daemon.model.gates.waitForArrival("typed");
    screen.enter(play({ text: "Steered." }));
    daemon.model.gates.open("typed");
    await screen.shows(/^Steered\.$/m);
    screen.enter("!echo $((6 * 7))");
    await screen.shows(/! echo \$\(\(6 \* 7\)\) {2}✓\n {2}42$/m);
    screen.enter("//status");
    await screen.shows(new RegExp(`session +${id.slice(0, 8)}`));
    screen.press("C-d");
    await screen.shows(`Come back with:\n  pier attach ${id.slice(0, 8)}`);
    await screen.shows("exit code 0");
  });

  test("Ctrl+C, stops a turn; again, when nothing runs, leaves", async () => {
    const screen = terminal("attach", await newSession());
    await screen.shows(daemon.folder);
    screen.enter(play({ text: "Begun." }, { hang: true }));
    await screen.shows(/^Begun\.$/m);
    screen.press("C-c");
    await screen.shows("Stopping the turn; Ctrl+C again leaves.");
    await screen.shows(/^Stopped\.$/m);
    screen.press("C-c");
    await screen.shows("exit code 0");
  });

  test("questions, are put inline and answered by lines; one that is answered elsewhere is withdrawn", async () => {
    const id = await newSession("-e", rpcDemo);
    const screen = terminal("attach", id);
    await screen.shows(daemon.folder);
    screen.enter(play({ tool: "bash", args: { command: "sudo true" } }, { text: "Went on." }));
    await screen.shows(/\? Dangerous command: sudo true\n {2}1\) Allow\n {2}2\) Block\n/);
    screen.enter("perhaps");
    await screen.shows("Type a number from 1 to 2");
    screen.enter("bl");
    await screen.shows(/→ Block\n[^]*Command blocked by user[^]*^Went on\.$/m);
    screen.enter("/rpc-editor");
    await screen.shows(/then a line with only a dot/);
    for (const line of ["line one", "line two", "."]) screen.enter(line);
    await screen.shows("→ line one …");
    const other = await attachTo(daemon, id);
    screen.enter("/rpc-input");
    other.answer((await dialog(other, "input")).id, { value: "x" });
    await screen.shows("Answered elsewhere.");
  });

  test("of several sessions, asks for the number of one", async () => {
    for (const { id, status } of await restOf(daemon).list()) if (status === "live") await restOf(daemon).kill(id);
    const first = terminal("attach");
    await first.shows(/No session is open\. Start one in .*\? y\/N/);
    first.enter("y");
    // The question names the folder, too.
    await expect
      .poll(async () => (await restOf(daemon).list()).filter(({ status }) => status === "live"))
      .toHaveLength(1);
    await restOf(daemon).create({ working_dir: daemon.folder, name: "second one" });
    const screen = terminal("attach");
    expect(await screen.shows("Which one? 1-2")).toMatch(/ID +STATE +NAME +FOLDER/);
    screen.enter("3");
    await screen.shows("Type a number from 1 to 2");
    screen.enter("second one");
    await screen.shows(/^second one · /m);
  });
});

test("pier new --plain in a terminal, starts a session and shows it as text", async () => {
  const screen = new Terminal([process.execPath, launcher("pier"), "new", "--plain", "--name", "a plain one"], {
    env: environment(),
    cwd: daemon.folder,
  });
  await screen.shows(/^a plain one · /m);
  screen.press("C-d");
  await screen.shows(/Come back with:\n {2}pier attach [0-9a-f]{8}\n[^]*exit code 0/);
});

test("pier pair in a terminal, draws a code for a camera", async () => {
  const screen = new Terminal([process.execPath, launcher("pier"), "pair"], { env: environment(), cwd: daemon.folder });
  expect(await screen.shows("exit code 0")).toMatch(/[▀▄█]{10}/);
});
