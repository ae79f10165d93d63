import { fileURLToPath } from "node:url";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Terminal } from "../cli/terminal.ts";
import { rpcDemo } from "../harness/pi-under-test.ts";
import {
  attachTo,
  connectTo,
  dialog,
  messagesOf,
  openSession,
  settled,
  textsOf,
  until,
  untilListed,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo, editor, pierIn } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const questions = fileURLToPath(new URL("../fixtures/extensions/questions.ts", import.meta.url));

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", rpcDemo, "-e", questions] });
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

/** A session with another client, and a terminal attached to it. */
async function opened(): Promise<{ session: Session; screen: Terminal; answers: () => unknown }> {
  const session = await openSession(daemon);
  let answers: unknown;
  session.subscribe((change) => {
    if (change.kind !== "notice" || change.request.method !== "notify") return;
    const { message } = change.request as { message?: string };
    if (message?.startsWith("[")) answers = JSON.parse(message);
  });
  return { session, screen: await attachedTo(daemon, session.session), answers: () => answers };
}

/** Raises dialogs, all at once. */
function ask(session: Session, ...dialogs: readonly (readonly unknown[])[]): void {
  session.prompt(`/ask ${JSON.stringify(dialogs)}`).catch(() => {});
}

const heard = (session: Session, answers: () => unknown): Promise<unknown> => until(session, "the answers", answers);

/** Whether the panel is gone and the editor is back. */
const isEditing = (text: string): boolean => editor.test(text.split("\n").slice(-8).join("\n"));

describe("dialogs in a terminal client, with pi's own demo of them", () => {
  test("select, shows the whole command and gives the option itself; what was being typed is there again", async () => {
    const { session, screen } = await opened();
    screen.type("my draft");
    await screen.shows("my draft");
    await session.prompt(
      script([{ tool: "bash", args: { command: "sudo -n true; echo not run" } }, { text: "Done." }]),
    );
    expect(await screen.shows("Dangerous command")).toMatch(
      /Dangerous command: sudo -n true; echo not run\n→ Allow\n {2}Block\n↑↓ move · Enter choose · Esc cancel\n/,
    );
    screen.press("Down");
    await screen.shows("→ Block");
    screen.press("Enter");
    await settled(session);
    expect(textsOf(messagesOf(session), "toolResult")[0]).toContain("Blocked by user");
    // Another client heard the end; this one draws it in its own time.
    expect(await screen.shows("Command blocked by user")).toMatch(/^my draft$/m);
  });

  test("select, typing filters it and Esc leaves it without an answer", async () => {
    const { session, screen } = await opened();
    await session.prompt(script([{ tool: "bash", args: { command: "sudo -n true" } }, { text: "Done." }]));
    await screen.shows("→ Allow");
    screen.type("blo");
    await screen.shows(/^> blo +1\/1\n→ Block$/m);
    screen.press("Escape");
    await settled(session);
    expect(textsOf(messagesOf(session), "toolResult")[0]).toContain("Blocked by user");
  });

  test("input and editor, shown from a command typed here, with placeholder and prefill", async () => {
    const { screen } = await opened();
    screen.enter("/rpc-input");
    await screen.shows("> type something...");
    screen.enter("forty two");
    await screen.shows("You entered: forty two");
    screen.enter("/rpc-editor");
    await screen.shows(/Edit some text\n─+\nLine 1\nLine 2\nLine 3\n─+\nEnter save/);
    screen.press("C-j");
    screen.type("Line 4");
    await screen.shows(/^Line 4$/m);
    screen.press("Enter");
    await screen.shows("Editor submitted (4 lines)");
  });

  test("confirm, while a command waits for it, is in front of what says so", async () => {
    const { session, screen } = await opened();
    await session.prompt(script([{ text: "Said." }]));
    await settled(session);
    screen.enter("/new");
    await screen.shows(/Clear session\?\nAll messages will be lost\.\n→ Yes {5}No\n/);
    screen.press("n");
    await screen.shows("Clear cancelled");
    screen.enter("/new");
    await screen.shows("Clear session?");
    screen.press("Right");
    screen.press("Left");
    screen.press("Enter");
    await until(session, "another conversation", () => session.transcript.items.length === 0);
  });
});

describe("dialogs in a terminal client", () => {
  test("several at once, are asked one after the other and counted", async () => {
    const { session, screen, answers } = await opened();
    ask(session, ["confirm", "First?", "One."], ["input", "Second?"], ["select", "Third?", ["same", "same", "other"]]);
    await screen.shows(/First\?\nOne\.\n.*\n1 of 3 · y\/n/);
    screen.press("y");
    await screen.shows(/Second\?\n.*\n1 of 2 · Enter send/);
    screen.enter("two");
    await screen.shows(/Third\?\n→ same\n {2}same\n {2}other\n↑↓ move/);
    screen.press("Down");
    screen.press("Enter");
    expect(await heard(session, answers)).toEqual([true, "two", "same"]);
    await screen.shows(isEditing);
  });

  test("raised while nobody was connected, is asked when somebody comes", async () => {
    const session = await openSession(daemon);
    const connection = connectTo(daemon);
    const view = connection.watch();
    await session.prompt(
      script([{ gate: "nobody" }, { tool: "bash", args: { command: "sudo -n true" } }, { text: "Done." }]),
    );
    await daemon.model.gates.waitForArrival("nobody");
    session.detach();
    daemon.model.gates.open("nobody");
    await untilListed(view, "a session that needs an answer", () =>
      view.sorted.find(({ id, attention }) => id === session.session && attention?.reason === "question"),
    );
    const screen = pierIn(daemon, "attach", session.session);
    await screen.shows(/Dangerous command: sudo -n true\n→ Allow/);
    screen.press("Escape");
    await screen.shows("Command blocked by user");
  });

  test("answered by another client, closes and says so; what was typed into it goes nowhere else", async () => {
    const { session, screen, answers } = await opened();
    const other = await attachedTo(daemon, session.session);
    ask(session, ["input", "Name?"]);
    await Promise.all([screen.shows("Name?"), other.shows("Name?")]);
    screen.type("half");
    await screen.shows("> half");
    other.enter("whole");
    expect(await heard(session, answers)).toEqual(["whole"]);
    await screen.shows((text) => text.includes("Answered elsewhere.") && isEditing(text));
    await other.shows(isEditing);
    expect(other.text()).not.toContain("elsewhere");
    expect(screen.text()).not.toContain("half");
  });

  test("answered through the library, and one that comes after it, are told apart", async () => {
    const { session, screen, answers } = await opened();
    ask(session, ["confirm", "First?", ""], ["confirm", "Second?", ""]);
    await screen.shows("First?");
    session.answer((await dialog(session, "confirm")).id, { confirmed: false });
    await screen.shows((text) => text.includes("Answered elsewhere.") && text.includes("Second?"));
    screen.press("y");
    expect(await heard(session, answers)).toEqual([false, true]);
  });

  test("whose daemon is killed, keeps what was typed, refuses an answer meanwhile and takes it later", async () => {
    const { session, screen, answers } = await opened();
    ask(session, ["editor", "Text?", "before"], ["confirm", "After it?", ""]);
    await screen.shows(/Text\?\n─+\nbefore\n/);
    screen.type(" and typed");
    await screen.shows("before and typed");
    await daemon.kill();
    await screen.shows("connection lost");
    screen.press("Enter");
    await screen.shows("Not connected: answer again later.");
    await daemon.start();
    await until(
      session,
      "the dialogs again",
      () => session.transcript.caughtUp && session.transcript.ui.dialogs.size === 2,
    );
    const back = await screen.shows((text) => !text.includes("connection lost") && !text.includes("Not connected"));
    expect(back.match(/before and typed/g)).toHaveLength(1);
    screen.press("Enter");
    await screen.shows("After it?");
    screen.press("n");
    expect(await heard(session, answers)).toEqual(["before and typed", false]);
    await screen.shows(isEditing);
  });

  test("with a time limit, says how long it stays and closes when nobody answers", async () => {
    const { session, screen, answers } = await opened();
    const left = (text: string): number => Number(/closes in (\d+) s · y\/n/.exec(text)?.[1]);
    ask(session, ["confirm", "Slow?", "", { timeout: 58_000 }]);
    const first = left(await screen.shows(/closes in \d+ s · y\/n/));
    await screen.shows((text) => left(text) < first);
    screen.press("y");
    expect(await heard(session, answers)).toEqual([true]);
    ask(session, ["confirm", "Quick?", "", { timeout: 3_000 }]);
    await screen.shows("Nobody answered in time: the default was taken.");
    await until(session, "the default", () => JSON.stringify(answers()) === "[false]");
    await screen.shows(isEditing);
  });

  test("a long diff, is scrolled through without losing the answers", async () => {
    const { session, screen, answers } = await opened();
    const diff = Array.from({ length: 100 }, (_, at) => `+ line ${at}`).join("\n");
    ask(session, ["confirm", "Apply this?", diff]);
    const more = (text: string): number => Number(/↓ (\d+) more rows/.exec(text)?.[1] ?? 0);
    let text = await screen.shows(/Apply this\?\n\+ line 0\n[^]*↓ \d+ more rows \(PgUp, PgDn\)\n→ Yes/);
    while (more(text) > 0) {
      const before = more(text);
      screen.press("PageDown");
      text = await screen.shows((now) => more(now) < before && now.includes("→ Yes"));
    }
    await screen.shows("+ line 99");
    screen.press("y");
    expect(await heard(session, answers)).toEqual([true]);
  });

  test("a hundred, lose none of those the daemon keeps", async () => {
    const { session, screen, answers } = await opened();
    ask(session, ...Array.from({ length: 100 }, (_, at) => ["confirm", `Question ${at}?`, ""]));
    await screen.shows(/Question 36\?\n.*\n1 of 64/);
    for (let at = 36; at < 100; at++) {
      await screen.shows(new RegExp(`^Question ${at}\\?$`, "m"));
      screen.press("y");
    }
    const given = (await heard(session, answers)) as boolean[];
    expect(given).toEqual(Array.from({ length: 100 }, (_, at) => at >= 36));
    await screen.shows(isEditing);
  });

  test("hostile text, does nothing to the terminal and comes back as it was sent", async () => {
    const { session, screen, answers } = await opened();
    const nasty = "\u001b[2J\u001b]0;owned\u0007\u202etxt\r\nsecond line";
    const options = Array.from({ length: 1_000 }, (_, at) => `${at} ${nasty} ${"x".repeat(500)}`);
    ask(session, ["select", `${nasty} ${"漢字".repeat(2_500)}`, options]);
    await screen.shows(/txt\nsecond line 漢字/);
    screen.type("999 ");
    await screen.shows(/^→ 999 txt second line x+…$/m);
    screen.resize(40, 16);
    await screen.shows(/^→ 999 txt second line x+…$/m);
    screen.press("Enter");
    expect(await heard(session, answers)).toEqual([options[999]]);
    await screen.shows(isEditing);
  });

  test("no options at all, can only be left", async () => {
    const { session, screen, answers } = await opened();
    ask(session, ["select", "Which?", []]);
    await screen.shows("There is nothing to choose from.");
    screen.press("Enter");
    screen.press("Escape");
    expect(await heard(session, answers)).toEqual([null]);
  });
});

test("a second client that attaches while a dialog is open, sees it, and both close", async () => {
  const { session, screen } = await opened();
  ask(session, ["confirm", "Both?", ""]);
  await screen.shows("Both?");
  const late = await attachTo(daemon, session.session);
  late.answer((await dialog(late, "confirm")).id, { confirmed: true });
  await screen.shows("Answered elsewhere.");
});
