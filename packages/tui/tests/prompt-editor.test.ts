import { describe, expect, test } from "vitest";
import { Keys } from "../src/editor/keys.ts";
import { PromptEditor, type PromptEditorOptions } from "../src/editor/prompt-editor.ts";
import { limits } from "../src/limits.ts";
import { visibleWidth } from "../src/pi-tui/index.ts";
import { Screen } from "../src/screen/screen.ts";
import { Stack } from "../src/screen/stack.ts";
import { dark } from "../src/theme/dark.ts";
import { Theme } from "../src/theme/theme.ts";
import { VirtualTerminal } from "./support/virtual-terminal.ts";

/** An editor in a terminal of 40 columns, what it submitted and what it complained about. */
function editorIn(handlers: PromptEditorOptions["handlers"] = {}) {
  const terminal = new VirtualTerminal(40, 20);
  const stack = new Stack();
  const screen = new Screen(terminal, {
    scrollback: { render: (width) => stack.render(width), dropAbove: () => 0, restore: () => {} },
    dock: { render: (width) => ({ rows: editor.render(width), covering: 0 }) },
  });
  const submitted: string[] = [];
  const problems: string[] = [];
  const editor: PromptEditor = new PromptEditor(screen, {
    theme: new Theme(dark, "none").editor,
    keys: new Keys(),
    handlers,
    onProblem: (sentence) => problems.push(sentence),
  });
  editor.onSubmit = (text) => submitted.push(text);
  const paste = (text: string): void => editor.handleInput(`\u001b[200~${text}\u001b[201~`);
  return { editor, submitted, problems, paste };
}

const type = (editor: PromptEditor, text: string): void => {
  for (const letter of text) editor.handleInput(letter);
};

describe("PromptEditor keys", () => {
  test("that a handler takes, do not reach the editor; others do", () => {
    let presses = 0;
    const { editor } = editorIn({
      "app.clear": () => ++presses > 0,
      "app.exit": () => editor.getText() === "",
    });
    type(editor, "ab");
    editor.handleInput("\u0003");
    expect([presses, editor.getText()]).toEqual([1, "ab"]);
    editor.handleInput("\u0001");
    editor.handleInput("\u0004");
    expect(editor.getText()).toBe("b");
  });

  test.each([
    ["Shift+Enter of a terminal that tells it", "\u001b[13;2u"],
    ["Shift+Enter of xterm", "\u001b[27;2;13~"],
    ["Ctrl+J", "\n"],
    ["Alt+Enter, when nobody takes it", "\u001b\r"],
  ])("%s, is a new line", (_what, data) => {
    const { editor, submitted } = editorIn();
    type(editor, "a");
    editor.handleInput(data);
    type(editor, "b");
    expect([editor.getText(), submitted]).toEqual(["a\nb", []]);
  });

  test("a backslash before Enter, is a new line; Enter alone sends", () => {
    const { editor, submitted } = editorIn();
    type(editor, "a\\");
    editor.handleInput("\r");
    type(editor, "b");
    editor.handleInput("\r");
    expect([editor.getText(), submitted]).toEqual(["", ["a\nb"]]);
  });

  test("up on the first row and down again, walk the history and keep the draft", () => {
    const { editor } = editorIn();
    for (const prompt of ["first", "second"]) editor.addToHistory(prompt);
    type(editor, "draft");
    editor.handleInput("\u001b[A");
    editor.handleInput("\u001b[A");
    expect(editor.getText()).toBe("second");
    editor.handleInput("\u001b[A");
    expect(editor.getText()).toBe("first");
    editor.handleInput("\u001b[B");
    editor.handleInput("\u001b[B");
    expect(editor.getText()).toBe("draft");
  });
});

describe("PromptEditor pastes", () => {
  test("of a few lines, are text; nothing of it is a key", () => {
    const { editor, submitted, paste } = editorIn({ "app.clear": () => true });
    paste("one\r\ntwo\u0003\u001b[31m red\r");
    expect([editor.getText(), submitted]).toEqual(["one\ntwo red\n", []]);
  });

  test("of many lines, are folded and sent in full", () => {
    const { editor, submitted, paste } = editorIn();
    const lines = Array.from({ length: 50 }, (_, at) => `line ${at}`).join("\n");
    paste(lines);
    expect(editor.getText()).toBe("[paste #1 +50 lines]");
    editor.handleInput("\r");
    expect(submitted).toEqual([lines]);
  });

  test("of 5 MB of any bytes, are refused with one sentence and leave the draft", () => {
    const { editor, problems, paste } = editorIn();
    type(editor, "draft");
    const bytes = Buffer.alloc(5_000_000, Buffer.from(Array.from({ length: 256 }, (_, at) => at)));
    paste(bytes.toString("latin1").replaceAll("\u001b[201~", ""));
    expect(editor.getText()).toBe("draft");
    expect(problems).toEqual([expect.stringMatching(/^That paste has 5000000 characters; at most 4194304 are taken/)]);
  });

  test("of 4 MB of any bytes, are taken without what controls a terminal", () => {
    const { editor, submitted, problems, paste } = editorIn();
    const bytes = Buffer.alloc(limits.paste, Buffer.from(Array.from({ length: 256 }, (_, at) => at)));
    paste(bytes.toString("latin1"));
    expect(problems).toEqual([]);
    expect(editor.getText()).toMatch(/^\[paste #1 \+\d+ lines\]$/);
    editor.handleInput("\r");
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(submitted[0]).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(submitted[0]?.length).toBeGreaterThan(1_000_000);
  });
});

describe("PromptEditor text from elsewhere", () => {
  const hostile = "a\u001b[2Jb\u001b]0;owned\u0007c\u202ed";

  test("set, inserted and remembered, has no control characters", () => {
    const { editor } = editorIn();
    editor.setText(hostile);
    expect(editor.getText()).toBe("abcd");
    editor.insertTextAtCursor(hostile);
    expect(editor.getText()).toBe("abcdabcd");
    editor.setText("");
    editor.addToHistory(hostile);
    editor.handleInput("\u001b[A");
    expect(editor.getText()).toBe("abcd");
  });

  test("at the limit, is shown; over it, is folded, sent in full and not remembered", () => {
    const { editor, submitted } = editorIn();
    editor.setText("x".repeat(limits.editable));
    expect(editor.getText()).toHaveLength(limits.editable);
    const long = "x".repeat(limits.editable + 1);
    editor.setText(long);
    expect(editor.getText()).toBe("[paste #1 20001 chars]");
    editor.addToHistory("short");
    editor.addToHistory(long);
    editor.handleInput("\r");
    expect(submitted).toEqual([long]);
    editor.handleInput("\u001b[A");
    expect(editor.getText()).toBe("short");
  });

  test.each([1, 2, 20, 40, 80])("at %i columns, has no wider row", (width) => {
    const { editor } = editorIn();
    editor.setText(`漢字 👩‍💻 שלום عربى e\u0301 ${"x".repeat(100)}`);
    for (const row of editor.render(width)) expect(visibleWidth(row)).toBeLessThanOrEqual(width);
  });
});
