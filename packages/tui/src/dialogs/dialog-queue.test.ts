import type { Dialog } from "@pier/protocol";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keys, panelSetting, press, shown, type } from "../../tests/support/panels.ts";
import { mostDialogs, TestSession } from "../../tests/support/session.ts";
import { limits } from "../limits.ts";
import { PanelHost } from "../panels/panel-host.ts";
import { DialogQueue } from "./dialog-queue.ts";

const select: Dialog = { id: "select", method: "select", title: "Which?", options: ["a", "b"] };
const confirm: Dialog = { id: "confirm", method: "confirm", title: "Sure?", message: "It is gone then." };
const input: Dialog = { id: "input", method: "input", title: "Name?", placeholder: "such as this" };
const editor: Dialog = { id: "editor", method: "editor", title: "Text?", prefill: "one" };

function open(...dialogs: Dialog[]) {
  const session = new TestSession(...dialogs);
  const said: string[] = [];
  const typing = { quiet: 0 };
  let fail: () => void = () => {};
  const reconnectNow = vi.fn<() => void>();
  const host = new PanelHost(() => {});
  const queue = new DialogQueue({
    attachment: session,
    connection: {
      onError(listener) {
        fail = () => listener(new Error("No.") as never);
        return () => {};
      },
      reconnectNow,
    },
    host,
    setting: panelSetting(),
    say: (text) => said.push(text),
    quietIn: () => typing.quiet,
  });
  return {
    session,
    said,
    typing,
    host,
    queue,
    reconnectNow,
    fail: () => fail(),
    rows: (width = 80) => (host.current ? shown(host.current, width) : []),
    press: (...pressed: string[]) => host.current && press(host.current, ...pressed),
    type: (text: string) => host.current && type(host.current, text),
  };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe("DialogQueue, an answer", () => {
  test.each<[Dialog, string[], object]>([
    [select, [keys.down, keys.enter], { value: "b" }],
    [select, [keys.escape], { cancelled: true }],
    [{ ...select, options: ["same", "same", "x"] }, [keys.down, keys.enter], { value: "same" }],
    [{ ...select, options: ["two\nlines\u001b[2J", ""] }, [keys.enter], { value: "two\nlines\u001b[2J" }],
    [{ ...select, options: ["x", ""] }, [keys.down, keys.enter], { value: "" }],
    [{ ...select, options: [] }, [keys.enter, keys.escape], { cancelled: true }],
    [{ id: "bare", method: "select" }, [keys.enter, keys.escape], { cancelled: true }],
    [confirm, ["y"], { confirmed: true }],
    [confirm, ["n"], { confirmed: false }],
    [confirm, [keys.escape], { cancelled: true }],
    [input, ["h", "i", keys.enter], { value: "hi" }],
    [input, [keys.enter], { value: "" }],
    [input, [keys.escape], { cancelled: true }],
    [editor, [" ", keys.shiftEnter, "t", keys.enter], { value: "one \nt" }],
    [editor, [keys.escape], { cancelled: true }],
  ])("to %j with the keys %j, is %j", (dialog, pressed, answer) => {
    const { session, press } = open(dialog);
    press(...pressed);
    expect(session.answers).toEqual([[dialog.id, answer]]);
  });

  test("stays to be seen until the daemon confirms, and is given once", () => {
    const { session, rows, press, said } = open(confirm);
    press("y", "n", keys.enter, keys.escape);
    expect(rows().at(-2)).toBe("sending … · y/n · ←→ Enter choose · Esc cancel");
    expect(session.answers).toEqual([["confirm", { confirmed: true }]]);
    session.resolve("confirm", "answered");
    expect([rows(), said]).toEqual([[], []]);
  });

  test("while there is no connection, is refused and can be given later; the connection is tried at once", () => {
    const { session, rows, press, type, reconnectNow } = open(input);
    session.transcript.awaitAttached();
    type("draft");
    press(keys.enter);
    expect(session.answers).toEqual([]);
    expect(rows().slice(1, 4)).toEqual([
      "Name?",
      "> draft",
      "Not connected: answer again later. · Enter send · Esc cancel",
    ]);
    expect(reconnectNow).toHaveBeenCalledOnce();
    session.attach([input]);
    expect(rows().at(-2)).toBe("Enter send · Esc cancel");
    press(keys.enter);
    expect(session.answers).toEqual([["input", { value: "draft" }]]);
  });

  test("that the daemon refuses, can be given again", () => {
    const { session, rows, press, fail } = open(confirm);
    fail();
    press("y");
    fail();
    expect(rows().at(-2)).toContain("The answer was refused.");
    press("n");
    expect(session.answers.map(([, answer]) => answer)).toEqual([{ confirmed: true }, { confirmed: false }]);
  });

  test("too long for a frame, is kept and refused", () => {
    const { session, rows, press } = open(editor);
    press(keys.paste("x".repeat(limits.answer)), keys.enter);
    expect(session.answers).toEqual([]);
    expect(rows().at(-1)).toContain(`Too long: ${limits.answer + 3} characters`);
  });
});

describe("DialogQueue, a question", () => {
  test("closed elsewhere, closes here and a note says so", () => {
    const { session, said, rows } = open(confirm, select, input);
    session.resolve("confirm", "answered");
    expect(rows()[1]).toBe("Which?");
    session.resolve("select", "expired");
    session.resolve("input", "gone");
    expect(rows()).toEqual([]);
    expect(said).toEqual([
      "Answered elsewhere.",
      "Nobody answered in time: the default was taken.",
      "The question was withdrawn.",
    ]);
  });

  test("closed elsewhere before it was shown, is not spoken of", () => {
    const { session, said, rows } = open(confirm, select);
    expect(rows().at(-2)).toMatch(/^1 of 2 · /);
    session.resolve("select", "answered");
    expect(rows().at(-2)).toBe("y/n · ←→ Enter choose · Esc cancel");
    expect(said).toEqual([]);
  });

  test("after one that was answered here, comes at once", () => {
    const { session, rows, press, typing } = open(confirm);
    session.raise(select);
    typing.quiet = 600;
    press("y");
    session.resolve("confirm", "answered");
    expect(rows()[1]).toBe("Which?");
  });

  test("raised while the person types, waits until they pause", () => {
    const { session, rows, typing } = open();
    typing.quiet = 600;
    session.raise(confirm);
    expect(rows()).toEqual([]);
    vi.advanceTimersByTime(500);
    typing.quiet = 500;
    vi.advanceTimersByTime(100);
    expect(rows()).toEqual([]);
    typing.quiet = 0;
    vi.advanceTimersByTime(500);
    expect(rows()[1]).toBe("Sure?");
  });

  test("closed elsewhere while the person types into it, takes the keys until they pause", () => {
    const { session, said, rows, typing, press } = open(input, confirm);
    typing.quiet = 600;
    press("a");
    session.resolve("input", "answered");
    press("y", keys.enter);
    expect(rows().slice(1, 4)).toEqual(["Name?", "> ay", "Answered elsewhere. · Enter send · Esc cancel"]);
    typing.quiet = 0;
    vi.advanceTimersByTime(600);
    expect(rows()[1]).toBe("Sure?");
    expect([said, session.answers]).toEqual([["Answered elsewhere."], []]);
  });

  test("with a deadline, says how long it stays, to the second, and ticks only then", () => {
    const { rows, session, press } = open({ ...confirm, deadline: Date.now() + 61_500 });
    expect(rows().at(-2)).toBe("closes in 1 min 2 s · y/n · ←→ Enter choose · Esc cancel");
    vi.advanceTimersByTime(2_000);
    expect(rows().at(-2)).toContain("closes in 1 min · ");
    vi.advanceTimersByTime(48_000);
    expect(rows().at(-2)).toContain("closes in 12 s · ");
    vi.advanceTimersByTime(120_000);
    expect(rows().at(-2)).toContain("closes in 0 s · ");
    session.raise(input);
    press("y");
    session.resolve("confirm", "answered");
    expect(rows()[1]).toBe("Name?");
    vi.advanceTimersByTime(2_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("open in a snapshot again, is asked once and keeps what was typed", () => {
    const { session, rows, type, press } = open(editor);
    type(" and two");
    session.transcript.awaitAttached();
    session.attach([editor, confirm]);
    expect(rows()[2]).toBe("one and two");
    expect(rows().at(-1)).toMatch(/^1 of 2 · /);
    press(keys.enter);
    session.resolve("editor", "answered");
    expect(rows()[1]).toBe("Sure?");
    press("y");
    session.resolve("confirm", "answered");
    expect(rows()).toEqual([]);
    expect(session.answers).toHaveLength(2);
  });

  test("gone from a snapshot, was withdrawn; answered before, nothing is said", () => {
    const { session, said, rows, press } = open(confirm, input);
    session.attach([input]);
    expect(said).toEqual(["The question was withdrawn."]);
    press(keys.enter);
    session.transcript.awaitAttached();
    session.attach([]);
    expect([said.length, rows()]).toEqual([1, []]);
  });

  test("of as many as there can be, is one after the other", () => {
    const dialogs = Array.from({ length: mostDialogs }, (_, at): Dialog => ({
      ...confirm,
      id: `${at}`,
      title: `Question ${at}`,
    }));
    const { session, rows, press } = open(...dialogs);
    for (let at = 0; at < mostDialogs; at++) {
      expect(rows()[1]).toBe(`Question ${at}`);
      const count = at < mostDialogs - 1 ? `1 of ${mostDialogs - at} · ` : "";
      expect(rows().at(-2)).toBe(`${count}y/n · ←→ Enter choose · Esc cancel`);
      press("y");
      session.resolve(`${at}`, "answered");
    }
    expect(rows()).toEqual([]);
    expect(session.answers.map(([id]) => id)).toEqual(dialogs.map(({ id }) => id));
  });

  test.each([20, 40, 80])("that is hostile, is harmless in %i columns and hides nothing", (width) => {
    const nasty = `${"漢字 \u001b[2J\u001b]0;owned\u0007\t".repeat(300)}the end`.padStart(5_000, "x\u202e");
    const options = Array.from({ length: 1_000 }, (_, at) => `${at} ${nasty}`);
    for (const dialog of [
      { ...select, title: nasty, options },
      { ...confirm, title: nasty, message: nasty },
      { ...input, title: nasty, placeholder: nasty, prefill: nasty },
      { ...editor, title: nasty, prefill: nasty },
    ]) {
      const { rows, press } = open(dialog);
      let seen = "";
      for (let page = 0; page < 400 && !seen.includes("the end"); page++) {
        seen = rows(width).join("\n");
        expect(rows(width).length).toBeLessThanOrEqual(24);
        press(keys.pageDown);
      }
      expect(seen).toContain("the end");
    }
  });
});

test("DialogQueue, closed, shows and hears nothing more", () => {
  const { session, host, queue, said } = open({ ...confirm, deadline: Date.now() + 10_000 });
  queue.close();
  session.raise(input);
  session.resolve("confirm", "answered");
  expect([host.current, said, vi.getTimerCount()]).toEqual([null, [], 0]);
});
