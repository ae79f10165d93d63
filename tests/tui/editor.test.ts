import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { launcher } from "../cli/programs.ts";
import { Terminal } from "../cli/terminal.ts";
import { piAtLeast, piKnows, rpcDemo } from "../harness/pi-under-test.ts";
import { dialog, messagesOf, openSession, play, restOf, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo, editor } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({
    demo: {
      settings: {
        compaction: { enabled: true, reserveTokens: 1000, keepRecentTokens: 10 },
        retry: { enabled: true, maxRetries: 3, baseDelayMs: 60_000 },
      },
    },
  });
});
afterAll(() => daemon.dispose());

/** A session, seen by another client and in a terminal. */
async function opened(options: Parameters<typeof openSession>[1] = {}) {
  const direct = await openSession(daemon, options);
  return { direct, terminal: await attachedTo(daemon, direct.session) };
}

/** The same in a terminal with an environment of its own. */
async function openedWith(env: NodeJS.ProcessEnv) {
  const direct = await openSession(daemon);
  const argv = [process.execPath, launcher("pier"), "attach", direct.session];
  const terminal = new Terminal(argv, {
    env: { ...daemon.env, PIER_DATA_DIR: daemon.dataDir, ...env },
    cwd: daemon.folder,
  });
  await terminal.shows(editor);
  return { direct, terminal };
}

/** What stands in the editor, its rows joined. */
function draft(terminal: Terminal): string {
  const rows = terminal.text().split("\n");
  const borders = [...rows.keys()].filter((at) => rows[at]?.startsWith("───"));
  return rows.slice((borders.at(-2) ?? 0) + 1, borders.at(-1)).join("\n");
}

const drafted = (terminal: Terminal, text: string): Promise<string> => terminal.shows(() => draft(terminal) === text);

const users = (direct: Awaited<ReturnType<typeof openSession>>): string[] => textsOf(messagesOf(direct), "user");

describe("while a turn runs", () => {
  test("Enter steers and Alt+Enter queues; Esc takes both back in front of the draft, folded pastes too, and stops the turn", async () => {
    const { direct, terminal } = await opened();
    terminal.enter(script([{ text: "Begun." }, { gate: "queue" }, { text: "Never." }]));
    await daemon.model.gates.waitForArrival("queue");
    // Before this terminal knows of the turn, Alt+Enter is a new line.
    await terminal.shows("Esc stops");
    terminal.enter("steer it");
    await until(direct, "the steering", () => direct.transcript.live.queue.steering.length === 1);
    terminal.type("later");
    terminal.press("M-Enter");
    await until(direct, "the follow-up", () => direct.transcript.live.queue.followUp.length === 1);
    expect(direct.transcript.live.queue).toEqual({ steering: ["steer it"], followUp: ["later"] });
    await terminal.shows(/^steering: steer it\nfollow-up: later$/m);
    await drafted(terminal, "");
    const folded = Array.from({ length: 20 }, (_, at) => `row ${at}`).join("\n");
    terminal.paste(folded);
    await drafted(terminal, "[paste #1 +20 lines]");
    terminal.press("Escape");
    await until(direct, "the end", () => !direct.transcript.live.running);
    await terminal.shows(/^row 19$/m);
    daemon.model.gates.open("queue");
    expect(users(direct)).toHaveLength(1);
    terminal.press("Enter");
    await until(direct, "the text", () => users(direct)[1] === `steer it\n\nlater\n\n${folded}`);
  });

  test.runIf(piKnows("clear_queue"))("Alt+Up, takes the queue back and lets the turn go on", async () => {
    const { direct, terminal } = await opened();
    terminal.enter(script([{ gate: "dequeue" }, { text: "Done." }]));
    await daemon.model.gates.waitForArrival("dequeue");
    terminal.enter("not that");
    await until(direct, "the steering", () => direct.transcript.live.queue.steering.length === 1);
    await terminal.shows(/^steering: not that$/m);
    terminal.press("M-Up");
    await drafted(terminal, "not that");
    await terminal.shows("Took back 1 message.");
    daemon.model.gates.open("dequeue");
    await terminal.shows(/^\s*Done\.$/m);
    expect(users(direct)).toHaveLength(1);
  });

  test("Esc in a shell command, ends it; a second command meanwhile, comes back", async () => {
    const { direct, terminal } = await opened();
    terminal.enter("!sleep 600");
    await until(direct, "the command", () => direct.transcript.live.bash.size === 1);
    // Another client may know it before.
    const working = /^\S ! sleep 600/m;
    await terminal.shows(working);
    terminal.enter("!echo second");
    await terminal.shows("A shell command runs already: Esc stops it.");
    await drafted(terminal, "!echo second");
    terminal.press("Escape");
    await until(direct, "its end", () => direct.transcript.live.bash.size === 0);
    await terminal.shows((text) => !working.test(text));
    terminal.press("Enter");
    await until(direct, "the second", () => JSON.stringify(messagesOf(direct)).includes("echo second"));
    await terminal.shows(/! echo second {2}✓/);
    terminal.enter("!!echo secret");
    const { message } = await until(direct, "the third", () =>
      direct.transcript.items.find(({ message: each }) => JSON.stringify(each).includes("echo secret")),
    );
    expect(message).toMatchObject({ role: "bashExecution", excludeFromContext: true });
  });

  test("Esc in the wait for a retry, ends it", async () => {
    const { direct, terminal } = await opened();
    terminal.enter(script([{ http: 529 }]));
    await until(direct, "the retry", () => direct.transcript.live.retry !== null);
    await terminal.shows("retrying 1/3");
    terminal.press("Escape");
    await until(direct, "its end", () => direct.transcript.live.retry === null && !direct.transcript.live.running);
  });

  test.runIf(piAtLeast("0.85.0"))("Esc in a compaction, ends it; what was sent meanwhile, goes out then", async () => {
    const answer = "Some words that are more than the ten tokens which are kept. ".repeat(4);
    const { direct, terminal } = await opened();
    await play(direct, [{ text: answer }]);
    await play(direct, [{ text: answer }]);
    terminal.paste(`/compact ${script([{ gate: "summary" }, { text: "Never." }]).trim()}`);
    terminal.press("Enter");
    await until(direct, "the compaction", () => direct.transcript.live.compaction !== null);
    // Another client may know it before: what is sent until then, pi refuses.
    await terminal.shows("compacting");
    terminal.enter("and then this");
    await terminal.shows("waiting for pi: and then this");
    expect(users(direct)).toHaveLength(2);
    terminal.press("Escape");
    await until(direct, "the prompt", () => users(direct).includes("and then this"));
    expect(direct.transcript.items.some(({ message }) => message.role === "compactionSummary")).toBe(false);
  });
});

describe("lines and history", () => {
  test("Alt+Enter when nothing runs, Ctrl+J and a backslash, make new lines; Enter sends them as one", async () => {
    const { direct, terminal } = await opened();
    terminal.type("one");
    terminal.press("M-Enter");
    terminal.type("two");
    terminal.press("C-j");
    terminal.type("three\\");
    terminal.press("Enter");
    terminal.type("four");
    await drafted(terminal, "one\ntwo\nthree\nfour");
    terminal.press("Enter");
    await until(direct, "the prompt", () => users(direct).includes("one\ntwo\nthree\nfour"));
  });

  test("Up on the first row, brings back what was said before this client came; Down the draft", async () => {
    const direct = await openSession(daemon);
    for (const text of ["said first", "said second"]) {
      await direct.prompt(text);
      await until(
        direct,
        "the answer",
        () => messagesOf(direct).at(-1)?.role === "assistant" && !direct.transcript.live.running,
      );
    }
    const terminal = await attachedTo(daemon, direct.session);
    terminal.type("draft");
    terminal.press("Home");
    terminal.press("Up");
    await drafted(terminal, "said second");
    terminal.press("Up");
    await drafted(terminal, "said first");
    terminal.press("Down");
    terminal.press("Down");
    await drafted(terminal, "draft");
  });

  test("a paste of many lines, is folded and arrives whole; one of 5 MB of anything, is refused and all goes on", async () => {
    const { direct, terminal } = await opened();
    const text = Array.from({ length: 40 }, (_, at) => `pasted ${at}`).join("\n");
    terminal.paste(text);
    await drafted(terminal, "[paste #1 +40 lines]");
    terminal.press("Enter");
    await until(direct, "the prompt", () => users(direct).includes(text));
    const file = join(daemon.home, "binary");
    writeFileSync(file, Buffer.alloc(5_000_000, Buffer.from(Array.from({ length: 128 }, (_, at) => at))));
    terminal.pasteFile(file);
    await terminal.shows(/That paste has \d+ characters; at most 4194304 are taken/);
    terminal.type("still here");
    await drafted(terminal, "still here");
  });
});

describe("keys", () => {
  test("Ctrl+C, clears", async () => {
    const { terminal } = await opened();
    terminal.type("some text");
    await drafted(terminal, "some text");
    terminal.press("C-c");
    await drafted(terminal, "");
  });

  test("Ctrl+C twice, leaves", async () => {
    const { terminal } = await opened();
    terminal.type("some text");
    await drafted(terminal, "some text");
    terminal.type("\u0003\u0003");
    await terminal.shows("exit code 0");
  });

  test("Ctrl+D, deletes within text and leaves on an empty line", async () => {
    const { direct, terminal } = await opened();
    terminal.type("ab");
    terminal.press("C-a");
    terminal.press("C-d");
    await drafted(terminal, "b");
    terminal.press("C-d");
    await drafted(terminal, "");
    terminal.press("C-d");
    await terminal.shows("exit code 0");
    expect((await restOf(daemon).get(direct.session)).status).toBe("live");
  });

  test("Ctrl+Z, gives the shell back; fg shows the session and what was typed", async () => {
    const { session } = await openSession(daemon);
    const env = { ...daemon.env, PIER_DATA_DIR: daemon.dataDir, PS1: "shell> " };
    const terminal = new Terminal(["/bin/sh", "-i"], { env, cwd: daemon.folder });
    await terminal.shows("shell>");
    terminal.enter(`'${process.execPath}' '${launcher("pier")}' attach ${session}`);
    await terminal.shows(editor);
    terminal.type("half");
    await drafted(terminal, "half");
    terminal.press("C-z");
    await terminal.shows(/Stopped|suspended/);
    terminal.enter("echo in the $((1 + 1))nd shell");
    await terminal.shows("in the 2nd shell");
    terminal.enter("fg");
    // All is drawn anew: until then, what was drawn before is still to be seen.
    await terminal.shows((text) => !text.includes("in the 2nd shell"));
    await drafted(terminal, "half");
    terminal.type(" and whole");
    await drafted(terminal, "half and whole");
  });

  test("Ctrl+L, Ctrl+P and Shift+Tab, choose model and thinking level", async () => {
    const { direct, terminal } = await opened();
    const { models } = await direct.getAvailableModels();
    const model = (): string | undefined => direct.transcript.live.pi?.model?.id;
    const before = model();
    terminal.press("C-l");
    await terminal.shows(/Model\n[^]*Enter choose/);
    terminal.press("Escape");
    await drafted(terminal, "");
    terminal.press("C-p");
    await until(direct, "another model", () => model() !== before);
    expect(models.some(({ id }) => id === model())).toBe(true);
    while (model() !== "demo-reasoning") {
      const present = model();
      terminal.press("C-p");
      await until(direct, "the next model", () => model() !== present);
    }
    const level = direct.transcript.live.pi?.thinkingLevel;
    terminal.press("BTab");
    await until(direct, "another level", () => direct.transcript.live.pi?.thinkingLevel !== level);
    await terminal.shows(/^\s*Thinking level: /m);
  });

  test("Ctrl+O and Ctrl+T, show and fold the output of tools and thinking", async () => {
    const { direct, terminal } = await opened();
    await play(direct, [
      { tokens: 5, thinking: true },
      { tool: "bash", args: { command: "echo $((6 * 7))-fold" } },
      { text: "Done." },
    ]);
    await terminal.shows(/^\s*w0 w1/m);
    terminal.press("C-t");
    await terminal.shows((text) => !/^\s*w0 w1/m.test(text));
    terminal.press("C-o");
    await terminal.shows(/^\s*42-fold$/m);
    terminal.press("C-o");
    await terminal.shows((text) => !/^\s*42-fold$/m.test(text));
  });

  test.runIf(piKnows("get_tree"))("Esc Esc on an empty line, opens the tree", async () => {
    const { direct, terminal } = await opened();
    await play(direct, [{ text: "Rooted." }]);
    await terminal.shows((text) => /^\s*Rooted\.$/m.test(text) && !text.includes("Esc stops"));
    // As a terminal that tells its keys apart sends it: two bare ones in a row would be Alt+Esc.
    terminal.type("\u001b[27u\u001b[27u");
    await terminal.shows("Tree of this session");
  });

  test("of a person, hold; a broken file, is said once", async () => {
    const agentDir = join(daemon.home, "own-keys");
    mkdirSync(agentDir);
    writeFileSync(join(agentDir, "keybindings.json"), '{"app.session.new": "ctrl+n", "app.exit": ["ctrl+q"]}');
    const { terminal } = await openedWith({ PI_CODING_AGENT_DIR: agentDir });
    terminal.press("C-n");
    await terminal.shows("A new conversation.");
    terminal.press("C-q");
    await terminal.shows("exit code 0");
    writeFileSync(join(agentDir, "keybindings.json"), "{");
    const broken = await openedWith({ PI_CODING_AGENT_DIR: agentDir });
    const words = await broken.terminal.shows("keybindings.json cannot be read");
    expect(words.match(/keybindings\.json cannot be read/g)).toHaveLength(1);
    rmSync(agentDir, { recursive: true });
  });
});

describe("other programs", () => {
  test("Ctrl+G, lets another editor have the text and the terminal; one that fails, changes nothing", async () => {
    const program = join(daemon.home, "editor.sh");
    writeFileSync(
      program,
      '#!/bin/sh\necho x >> "$0.log"; echo "editor call $(wc -l < "$0.log")."; read answer; [ "$answer" = ok ] || exit 1; echo "and more" >> "$1"\n',
    );
    chmodSync(program, 0o700);
    const { direct, terminal } = await openedWith({ VISUAL: program });
    terminal.type("typed");
    await drafted(terminal, "typed");
    terminal.press("C-g");
    await terminal.shows("editor call 1.");
    terminal.enter("no");
    await terminal.shows("The editor ended with an error: the text is as it was.");
    await drafted(terminal, "typed");
    terminal.press("C-g");
    await terminal.shows("editor call 2.");
    terminal.press("C-c");
    // All is drawn anew: until then, what was drawn before is still to be seen.
    await terminal.shows((text) => !text.includes("editor call 2."));
    await drafted(terminal, "typed");
    terminal.press("C-g");
    await terminal.shows("editor call 3.");
    terminal.enter("ok");
    await drafted(terminal, "typed\nand more");
    terminal.press("Enter");
    await until(direct, "the prompt", () => users(direct).includes("typed\nand more"));
  });

  test("Ctrl+V, without a clipboard says so; with one pastes text, and an image that is sent with the prompt", async () => {
    const { terminal: without } = await openedWith({ DISPLAY: "", WAYLAND_DISPLAY: "" });
    without.press("C-v");
    await without.shows("No clipboard can be read here");
    const folder = join(daemon.home, "clipboard");
    mkdirSync(folder);
    writeFileSync(join(folder, "image"), png);
    writeFileSync(
      join(folder, "wl-paste"),
      `#!/bin/sh\ncase "$*" in *image/png*) cat "${folder}/image" ;; *) printf 'from the clipboard' ;; esac\n`,
    );
    chmodSync(join(folder, "wl-paste"), 0o700);
    const { direct, terminal } = await openedWith({ WAYLAND_DISPLAY: "x", PATH: `${folder}:${process.env.PATH}` });
    terminal.press("C-v");
    await terminal.shows(/\.png$/m);
    terminal.enter(` ${script([{ echo: "images" }])}`);
    const sent = await until(direct, "the prompt", () => messagesOf(direct).find(({ role }) => role === "user"));
    expect(JSON.stringify(sent)).toMatch(/<file name=\\"[^"]+\.png\\"><\/file>/);
    expect(sent).toMatchObject({ content: [{ type: "text" }, { type: "image", mimeType: "image/png" }] });
    rmSync(join(folder, "image"));
    terminal.press("C-v");
    await drafted(terminal, "from the clipboard");
  });
});

describe("drafts", () => {
  test("of each session, wait for it; a question in between, leaves them alone", async () => {
    const { direct: first, terminal } = await opened({ name: "draft one", pi_args: ["-e", rpcDemo] });
    const second = await openSession(daemon, { name: "draft two" });
    const go = async (name: string): Promise<void> => {
      terminal.press("C-u");
      terminal.paste("/resume");
      terminal.press("Enter");
      await terminal.shows("Go to which session?");
      terminal.type(name);
      await terminal.shows(new RegExp(`→ .*${name}`));
      terminal.press("Enter");
      await terminal.shows(`This is ${name}.`);
    };
    await go("draft two");
    terminal.type("for the second");
    await drafted(terminal, "for the second");
    first.prompt("/rpc-input").catch(() => {});
    await dialog(first, "input");
    expect(draft(terminal)).toBe("for the second");
    terminal.press("C-c");
    await go("draft one");
    await terminal.shows("> type something...");
    terminal.press("Escape");
    await until(first, "no question", () => first.transcript.ui.dialogs.size === 0);
    terminal.type("for the first");
    await drafted(terminal, "for the first");
    await play(second, [{ text: "Unseen." }]);
    expect(terminal.text()).not.toContain("Unseen.");
  });

  test("that may not be sent, come back with the reason", async () => {
    const direct = await openSession(daemon);
    const { code } = (await post("api/pairing", { scope: "read" }, daemon.token)) as { code: string };
    const { token } = (await post("api/pair", { code, kind: "token", name: "reader" })) as { token: string };
    const file = join(daemon.home, "reader-token");
    writeFileSync(file, token, { mode: 0o600 });
    const argv = [
      process.execPath,
      launcher("pier"),
      "attach",
      daemon.url,
      "--token-file",
      file,
      "--session",
      direct.session,
    ];
    const terminal = new Terminal(argv, { env: daemon.env, cwd: daemon.folder });
    await terminal.shows(editor);
    terminal.enter("please");
    await terminal.shows(/Not sent: /);
    await drafted(terminal, "please");
    expect(messagesOf(direct)).toEqual([]);
  });

  test("that were sent without a connection, are shown as waiting and asked about before leaving", async () => {
    const { terminal } = await opened();
    await daemon.kill();
    await terminal.shows("connection lost");
    terminal.enter("into the dark");
    await terminal.shows("waiting for the connection: into the dark");
    terminal.press("C-d");
    await terminal.shows("1 prompt is not sent yet and would be lost.");
    terminal.press("n");
    await daemon.start();
    await terminal.shows((text) => !text.includes("waiting for the connection") && !text.includes("connection lost"));
    terminal.press("C-d");
    await terminal.shows("exit code 0");
  });
});

/** A png of one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function post(path: string, body: object, token?: string): Promise<unknown> {
  const response = await fetch(new URL(path, `${daemon.url}/`), {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  return response.json();
}
