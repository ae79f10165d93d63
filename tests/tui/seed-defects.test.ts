import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rpcDemo } from "../harness/pi-under-test.ts";
import { attachTo, dialog, messagesOf, openSession, restOf, settled, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo, conversation, pierIn } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

/*
 * The seed's defects by their numbers in its protocol page, as far as a terminal shows them. Those of the daemon alone
 * (1, 2, 3, 7, 8, 9) are in tests/conformance/v1 and tests/chaos.
 */

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const session = async (piArgs: string[] = []): Promise<string> =>
  (await restOf(daemon).create({ working_dir: daemon.folder, pi_args: piArgs })).id;

const withDialogs = (): Promise<string> => session(["-e", rpcDemo]);

describe("4: everything sent while a client is away is lost", () => {
  test("a message in flight when the terminal attaches, is there and goes on", async () => {
    const direct = await openSession(daemon);
    await direct.prompt(script([{ text: "Begun before, " }, { gate: "four" }, { text: "ended after." }]));
    await daemon.model.gates.waitForArrival("four");
    const terminal = pierIn(daemon, "attach", direct.session);
    await terminal.shows(/^\s*Begun before,$/m);
    daemon.model.gates.open("four");
    await terminal.shows(/^\s*Begun before, ended after\.$/m);
  });
});

describe("5: select dialogs never work, prefill and placeholder are ignored", () => {
  test("a select, offers pi's plain strings and answers with one", async () => {
    const id = await withDialogs();
    const terminal = await attachedTo(daemon, id);
    terminal.enter(script([{ tool: "bash", args: { command: "sudo true" } }, { text: "Went on." }]));
    await terminal.shows(/Allow[^]*Block/);
    terminal.type("bl");
    terminal.press("Enter");
    await terminal.shows(/Blocked|blocked/);
    await terminal.shows("Went on.");
  });

  test("an editor, begins with its prefill; an input, shows its placeholder", async () => {
    const id = await withDialogs();
    const terminal = await attachedTo(daemon, id);
    const direct = await attachTo(daemon, id);
    terminal.enter("/rpc-input");
    const { placeholder = "" } = await dialog(direct, "input");
    expect(placeholder).not.toBe("");
    await terminal.shows(placeholder);
    terminal.press("Escape");
    await until(direct, "no question", () => direct.transcript.ui.dialogs.size === 0);
    terminal.enter("/rpc-editor");
    const { prefill = "" } = await dialog(direct, "editor");
    expect(prefill).not.toBe("");
    await terminal.shows(prefill.split("\n")[0] as string);
  });
});

describe("6: the second of two dialogs replaces the first; one that nobody saw is never shown", () => {
  test("a question raised with nobody there, is shown to the next who comes", async () => {
    const id = await withDialogs();
    const direct = await attachTo(daemon, id);
    void direct.prompt("/rpc-input").catch(() => {});
    await dialog(direct, "input");
    direct.detach();
    const terminal = pierIn(daemon, "attach", id);
    await terminal.shows("waits for an answer");
    terminal.enter("late but here");
    await terminal.shows((text) => !text.includes("waits for an answer"));
    const next = await attachTo(daemon, id);
    await until(next, "no question", () => next.transcript.ui.dialogs.size === 0);
  });
});

describe("10: the client repeats, splices, stays busy, breaks pasted lines and cannot stop a turn", () => {
  test("a turn that ended while the connection was away, is shown once and not as under way", async () => {
    const direct = await openSession(daemon);
    const terminal = await attachedTo(daemon, direct.session);
    terminal.enter(script([{ text: "Half of " }, { gate: "ten" }, { text: "it." }]));
    await daemon.model.gates.waitForArrival("ten");
    await terminal.shows("Esc stops");
    await daemon.kill();
    await terminal.shows("connection lost");
    daemon.model.gates.open("ten");
    await daemon.start();
    terminal.press("Enter");
    await terminal.shows(/^\s*Half of it\.$/m);
    await terminal.shows((text) => !text.includes("Esc stops"));
    const rows = conversation(terminal).join("\n");
    // Each once in the script, and the answer once.
    expect(rows.match(/Half of/g)).toHaveLength(2);
    expect(rows.match(/!demo/g)).toHaveLength(1);
  });

  test("pasted lines, are one prompt with its line breaks", async () => {
    const direct = await openSession(daemon);
    const terminal = await attachedTo(daemon, direct.session);
    terminal.paste("first line\n\tsecond line\nthird");
    await terminal.shows("third");
    terminal.press("Enter");
    await until(direct, "the prompt", () => textsOf(messagesOf(direct), "user").length === 1);
    expect(textsOf(messagesOf(direct), "user")[0]).toMatch(/^first line\n\s+second line\nthird$/);
  });

  test("Esc, stops a turn", async () => {
    const direct = await openSession(daemon);
    const terminal = await attachedTo(daemon, direct.session);
    terminal.enter(script([{ text: "Never ends." }, { hang: true }]));
    await terminal.shows(/^\s*Never ends\.$/m);
    terminal.press("Escape");
    await terminal.shows((text) => !text.includes("Esc stops"));
    // Another client hears of it in its own time.
    await settled(direct);
  });
});

describe("11: only one client; SIGTERM exits 1", () => {
  test("what one terminal types, the other shows; SIGTERM leaves in order", async () => {
    const id = await session();
    const [one, two] = [await attachedTo(daemon, id), await attachedTo(daemon, id)];
    one.enter(script([{ text: "For both." }]));
    await two.shows(/^\s*For both\.$/m);
    await two.shows("!demo");
    process.kill(two.pid, "SIGTERM");
    await two.shows("exit code 0");
    one.enter(script([{ text: "For one." }]));
    await one.shows(/^\s*For one\.$/m);
  });
});
