import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rpcDemo } from "../harness/pi-under-test.ts";
import { attachTo, dialog, restOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { launcher, runProgram } from "./programs.ts";
import { Terminal } from "./terminal.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const environment = (): NodeJS.ProcessEnv => ({ ...daemon.env, PIER_DATA_DIR: daemon.dataDir });

function terminal(...args: string[]): Terminal {
  return new Terminal([process.execPath, launcher("pier"), ...args], { env: environment(), cwd: daemon.folder });
}

/** A session with a terminal attached to it that shows its input line. */
async function attached(piArgs?: string[]): Promise<{ id: string; screen: Terminal }> {
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder, ...(piArgs && { pi_args: piArgs }) });
  const screen = terminal("attach", id);
  await screen.shows(/^›$/m);
  return { id, screen };
}

/** A prompt on one line that does not begin with the mark of a shell command. */
const play = (...steps: Parameters<typeof script>[0]): string => script(steps);

describe("pier attach in a terminal", () => {
  test("a prompt, streams its answer, its tools and its end; leaving says how to come back, and coming back shows it", async () => {
    const { id, screen } = await attached();
    screen.enter(
      play(
        { text: "Before the tool." },
        { tool: "bash", args: { command: "echo hi" } },
        { gate: "mid" },
        { text: "After it." },
      ),
    );
    await daemon.model.gates.waitForArrival("mid");
    const during = await screen.shows("$ echo hi  ✓");
    expect(during).toContain("Before the tool.");
    expect(during).toMatch(/· working\n›$/);
    daemon.model.gates.open("mid");
    await screen.shows(/After it\.\n›$/);
    screen.press("C-d");
    await screen.shows(`Left; the session goes on. Come back with:\n  pier attach ${id.slice(0, 8)}`);
    await screen.shows("exit code 0");
    const again = await terminal("attach", id.slice(0, 8)).shows(/After it\.\n›$/);
    expect(again).toMatch(/Before the tool\.\n\n\$ echo hi {2}✓\n\nAfter it\./);
  });

  test("what is typed while text streams, stays whole below it", async () => {
    const { screen } = await attached();
    screen.enter(play({ tokens: 60, delay: 10 }, { gate: "typed" }, { text: "The end." }));
    for (const word of ["I ", "type ", "this ", "meanwhile"]) screen.type(word);
    await screen.shows(/w59\s+· working\n› I type this meanwhile$/);
    const words = screen.text().match(/\bw\d+\b/g) ?? [];
    expect(words).toEqual(Array.from({ length: 60 }, (_, at) => `w${at}`));
    screen.press("C-u");
    daemon.model.gates.open("typed");
    await screen.shows(/The end\.\n›$/);
  });

  test("a terminal that gets narrower and wider, keeps its input line", async () => {
    const { screen } = await attached();
    screen.enter(play({ text: "A line that is long enough to be broken when the window is narrow." }));
    await screen.shows(/narrow\.\n›$/);
    screen.type("still here");
    screen.resize(40, 20);
    await screen.shows(/› still here$/);
    screen.resize(100, 30);
    screen.type("!");
    await screen.shows(/› still here!$/);
  });

  test("escape sequences of a tool and of the model, do nothing", async () => {
    const { screen } = await attached();
    screen.enter(
      play(
        { text: "a\u001b[2Jb\u001b]0;owned\u0007c" },
        { tool: "bash", args: { command: "printf '\\033[2J\\033]0;x\\007loud'; exit 3" } },
        { text: "Fine." },
      ),
    );
    expect(await screen.shows(/Fine\.\n›$/)).toMatch(/abc\n\n\$ printf .* {2}✗[^]*loud/);
  });

  test("a paste of several lines, is one prompt", async () => {
    const { screen } = await attached();
    screen.paste("first line\nsecond line");
    await screen.shows("› first line⏎ second line");
    screen.press("Enter");
    await screen.shows(/› first line\n {2}second line\n/);
  });

  test("Ctrl+C, stops a turn; again, when nothing runs, leaves", async () => {
    const { screen } = await attached();
    screen.enter(play({ text: "Begun." }, { hang: true }));
    await screen.shows(/Begun\.\n· working\n›$/);
    screen.press("C-c");
    await screen.shows(/Stopped\.\n›$/);
    screen.press("C-c");
    await screen.shows("exit code 0");
  });

  test("client commands, are explained, and an unknown one says so", async () => {
    const { id, screen } = await attached();
    screen.enter("//help");
    await screen.shows(/\/\/detach +leave; the session goes on/);
    screen.enter("//status");
    await screen.shows(new RegExp(`session +${id.slice(0, 8)}`));
    screen.enter("//nope");
    await screen.shows("There is no //nope: //help lists what there is.");
    screen.enter("//detach");
    await screen.shows("exit code 0");
  });

  test("!command, runs in pi's shell and //follow waits for the end of the turn", async () => {
    const { screen } = await attached();
    screen.enter("!echo $((6 * 7))");
    await screen.shows(/! echo \$\(\(6 \* 7\)\) {2}✓\n {2}42\n/);
    screen.enter(play({ gate: "follow" }, { text: "First." }));
    await daemon.model.gates.waitForArrival("follow");
    screen.enter(`//follow ${play({ text: "Second." })}`);
    await screen.shows(/· working · 1 queued/);
    daemon.model.gates.open("follow");
    expect(await screen.shows(/Second\.\n›$/)).toMatch(/First\./);
  });

  test("the daemon killed in the middle of a turn, is missed once and nothing is lost", async () => {
    const { screen } = await attached();
    screen.enter(
      play(
        { text: "One." },
        { gate: "killed" },
        { text: " Two." },
        { tool: "bash", args: { command: "echo after" } },
        { text: "Three." },
      ),
    );
    await daemon.model.gates.waitForArrival("killed");
    await screen.shows(/One\.\n· working\n›$/);
    await daemon.kill();
    await screen.shows(/· connection lost, trying again · working\n›$/);
    daemon.model.gates.open("killed");
    await daemon.start();
    const text = await screen.shows(/Three\.\n›$/);
    expect(text.match(/The connection was lost; trying again/g)).toHaveLength(1);
    expect(text.match(/Connected again\./g)).toHaveLength(1);
    expect(text.match(/One\./g)).toHaveLength(2);
    expect(text).toMatch(/\$ echo after {2}✓\n\nThree\./);
  });

  test("a session closed elsewhere, ends the program and says how it is opened again", async () => {
    const { id, screen } = await attached();
    await restOf(daemon).kill(id);
    await screen.shows(`The session was closed. \`pier resume ${id.slice(0, 8)}\` opens it again.`);
    await screen.shows("exit code 0");
  });
});

describe("questions of extensions", () => {
  const dangerous = play({ tool: "bash", args: { command: "sudo true" } }, { text: "Went on." });

  test("a select, is answered by how an option begins; a wrong line says what would be right", async () => {
    const { screen } = await attached(["-e", rpcDemo]);
    screen.enter(dangerous);
    expect(await screen.shows("1-2?")).toMatch(/\? Dangerous command: sudo true\n {2}1\) Allow\n {2}2\) Block\n/);
    screen.enter("perhaps");
    await screen.shows("Type a number from 1 to 2");
    screen.enter("bl");
    expect(await screen.shows(/Went on\.\n/)).toMatch(/→ Block\n[^]*Command blocked by user/);
    expect(await screen.shows(/›$/)).toMatch(/\$ sudo true {2}✗/);
  });

  test("one that is answered elsewhere, is withdrawn here", async () => {
    const { id, screen } = await attached(["-e", rpcDemo]);
    const other = await attachTo(daemon, id);
    screen.enter(dangerous);
    await screen.shows("1-2?");
    other.answer((await dialog(other, "select")).id, { value: "Block" });
    expect(await screen.shows(/Went on\.\n[^]*›$/)).toContain("Answered elsewhere.");
  });

  test("an input and an editor, take lines; the draft waits", async () => {
    const { id, screen } = await attached(["-e", rpcDemo]);
    const other = await attachTo(daemon, id);
    screen.enter("/rpc-input");
    await screen.shows(/^answer:/m);
    screen.enter("forty-two");
    await screen.shows("→ forty-two");
    screen.enter("/rpc-editor");
    await screen.shows(/^│$/m);
    screen.enter("line one");
    screen.enter("line two");
    screen.enter(".");
    await screen.shows("→ line one …");
    await until(other, "no open question", () => other.transcript.ui.dialogs.size === 0);
    screen.enter("/rpc-prefill");
    await screen.shows(/› \S.*$/);
  });

  test("Ctrl+C, cancels one that no turn waits for", async () => {
    const { screen } = await attached(["-e", rpcDemo]);
    screen.enter("/rpc-input");
    await screen.shows(/^answer:/m);
    screen.press("C-c");
    await screen.shows(/→ cancelled[^]*›$/);
  });
});

describe("pier new and the choice of a session in a terminal", () => {
  test("without any session, offers to start one here; of several, asks which", async () => {
    for (const { id, status } of await restOf(daemon).list()) if (status === "live") await restOf(daemon).kill(id);
    const first = terminal("attach");
    await first.shows(/No session is open\. Start one in .*\? y\/N/);
    first.enter("y");
    await first.shows(/^›$/m);
    const second = terminal("new", "--name", "second one");
    await second.shows(/second one · .*\n[^]*^›$/m);
    const third = terminal("attach");
    const list = await third.shows("Which one? 1-2");
    expect(list).toMatch(/ID +STATE +NAME +FOLDER/);
    third.enter("3");
    await third.shows("Type a number from 1 to 2");
    third.enter("second one");
    await third.shows(/second one · .*\n[^]*^›$/m);
  });

  test("a no, starts nothing", async () => {
    for (const { id, status } of await restOf(daemon).list()) if (status === "live") await restOf(daemon).kill(id);
    const screen = terminal("attach");
    await screen.shows("y/N");
    screen.press("Enter");
    await screen.shows("exit code 0");
    expect((await restOf(daemon).list()).filter(({ status }) => status === "live")).toEqual([]);
  });

  test("pair in a terminal, draws a code for a camera", async () => {
    const text = await terminal("pair").shows("exit code 0");
    expect(text).toMatch(/[▀▄█]{10}/);
  });
});

describe("pier attach without a terminal", () => {
  const pier = (args: readonly string[], input = "") =>
    runProgram(args, { env: environment(), cwd: daemon.folder, input });

  test("lines of stdin, are prompts one after the other, and it ends with the last turn", async () => {
    const { id } = await restOf(daemon).create({ working_dir: daemon.folder });
    const line = (text: string): string => script([{ text }]).replaceAll("\n", " ");
    const { code, stdout, stderr } = await pier(["attach", id], `${line("First.")}\n${line("Second.")}\n`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/\nFirst\.\n[^]*\nSecond\.\n$/);
    // oxlint-disable-next-line no-control-regex -- plain text has none
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("a question, is answered by the next line", async () => {
    const { id } = await restOf(daemon).create({ working_dir: daemon.folder, pi_args: ["-e", rpcDemo] });
    const { code, stdout } = await pier(["attach", id], "/rpc-input\nfrom a pipe\n");
    expect(code).toBe(0);
    expect(stdout).toContain("→ from a pipe");
  });

  test("a turn that fails, ends with 1", async () => {
    const { id } = await restOf(daemon).create({ working_dir: daemon.folder });
    const { code, stdout } = await pier(["attach", id], `${script([{ http: 400 }])}\n`);
    expect(code).toBe(1);
    expect(stdout).toContain("Model request failed");
  });
});
