import { expect, test } from "vitest";
import { keys, panelSetting, press, shown, type } from "../../tests/support/panels.ts";
import { limits } from "../limits.ts";
import { CURSOR_MARKER } from "../pi-tui/index.ts";
import { AskPanel } from "./ask-panel.ts";

function ask(options: Partial<ConstructorParameters<typeof AskPanel>[1]> = {}) {
  const done: (string | null)[] = [];
  const panel = new AskPanel(panelSetting(), { title: "Name?", ...options }, { onDone: (line) => done.push(line) });
  return { panel, done };
}

test("AskPanel, shows what is asked and an example", () => {
  expect(shown(ask({ placeholder: "such as\nthis" }).panel, 40)).toEqual([
    "─".repeat(40),
    "Name?",
    "> such as this",
    "Enter send · Esc cancel",
    "─".repeat(40),
  ]);
});

test("AskPanel with a line to begin with, has the cursor behind it", () => {
  const { panel, done } = ask({ prefill: "Fix the" });
  type(panel, " parser");
  press(panel, keys.enter);
  expect(done).toEqual(["Fix the parser"]);
});

test("AskPanel, tells an empty line from none", () => {
  const { panel, done } = ask();
  press(panel, keys.enter, keys.escape, keys.ctrl("c"));
  expect(done).toEqual(["", null, null]);
});

test("AskPanel, makes one harmless line of what is pasted, of at most so many characters", () => {
  const { panel, done } = ask();
  press(panel, keys.paste("one\u001b[2J\r\n  two\u0007\n"), keys.enter);
  expect(done).toEqual(["one two "]);
  press(panel, keys.paste("x".repeat(limits.lineInput * 2)), keys.enter);
  expect(done[1]).toHaveLength(limits.lineInput);
  shown(panel, 40);
});

test.each([1, 2, 3, 10, 20, 80])("AskPanel of %i columns, has no row that is too wide", (width) => {
  const { panel } = ask({ title: "漢字\t\u001b]0;x\u0007 ".repeat(40), placeholder: "漢字の例" });
  shown(panel, width);
  type(panel, "漢字👩‍💻 שלום e\u0301");
  press(panel, keys.left, keys.left);
  shown(panel, width);
});

test("AskPanel with the keyboard, shows where the cursor is", () => {
  const { panel } = ask();
  expect(panel.render(40).join("")).not.toContain(CURSOR_MARKER);
  panel.focused = true;
  expect(panel.render(40).join("")).toContain(CURSOR_MARKER);
});
