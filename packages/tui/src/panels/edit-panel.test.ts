import { describe, expect, test } from "vitest";
import { keys, panelSetting, press, shown, type } from "../../tests/support/panels.ts";
import { CURSOR_MARKER } from "../pi-tui/index.ts";
import { EditPanel } from "./edit-panel.ts";

function edit(prefill?: string, editOutside?: (text: string) => Promise<string | null>) {
  const done: (string | null)[] = [];
  const setting = { ...panelSetting(), ...(editOutside && { editOutside }) };
  const panel = new EditPanel(setting, { title: "Edit some text", prefill }, { onDone: (text) => done.push(text) });
  return { panel, done };
}

describe("EditPanel", () => {
  test("shows the text to begin with, and the keys", () => {
    expect(shown(edit("Line 1\nLine 2").panel, 80)).toEqual([
      "Edit some text",
      "─".repeat(80),
      "Line 1",
      "Line 2",
      "─".repeat(80),
      "Enter save · Shift+Enter newline · Esc cancel",
    ]);
    expect(shown(edit("x").panel, 40).at(-1)).toBe("Enter save · Shift+Enter newline");
    expect(shown(edit("x", async () => null).panel, 80).at(-1)).toContain("Ctrl+G editor");
  });

  test("Enter saves, Shift+Enter, Ctrl+J and a backslash make lines", () => {
    const { panel, done } = edit("a");
    press(panel, keys.shiftEnter, "b", "\n", "c", "\\", keys.enter, "d");
    expect(done).toEqual([]);
    press(panel, keys.enter);
    expect(done).toEqual(["a\nb\nc\nd"]);
  });

  test.each(["  kept \n\n", "\tindented\r\nby tabs\t", "red \u001b[31mtext\u001b[0m", ""])(
    "untouched, the text %j comes back to the last character",
    (prefill) => {
      const { panel, done } = edit(prefill);
      shown(panel, 40);
      press(panel, keys.enter);
      expect(done).toEqual([prefill]);
    },
  );

  test("changed, it keeps its tabs and spaces", () => {
    const { panel, done } = edit("all:\n\techo hi\n");
    type(panel, "  x");
    press(panel, keys.enter);
    expect(done).toEqual(["all:\n\techo hi\n  x"]);
  });

  test.each([keys.escape, keys.ctrl("c")])("key %j, leaves it", (key) => {
    const { panel, done } = edit("a");
    press(panel, "b", key);
    expect(done).toEqual([null]);
    expect(shown(panel, 80)[2]).toBe("ab");
  });

  test("a long paste, is saved whole", () => {
    const { panel, done } = edit();
    const text = Array.from({ length: 500 }, (_, at) => `line ${at}`).join("\n");
    press(panel, keys.paste(text));
    expect(shown(panel, 80).length).toBeLessThan(19);
    press(panel, keys.enter);
    expect(done).toEqual([text]);
  });

  test("Ctrl+G, takes what another editor made of it, and no keys meanwhile", async () => {
    const given: string[] = [];
    const outside = Promise.withResolvers<string | null>();
    const { panel, done } = edit("\ta", (text) => {
      given.push(text);
      return outside.promise;
    });
    press(panel, keys.ctrl("g"), "x", keys.enter);
    expect(given).toEqual(["\ta"]);
    outside.resolve("\tb\n");
    await outside.promise;
    await expect.poll(() => shown(panel, 80)[2]).toBe("␉b");
    press(panel, keys.enter);
    expect(done).toEqual(["\tb\n"]);
  });

  test("Ctrl+G with an editor that fails, says why and keeps the text", async () => {
    const { panel, done } = edit("a", async () => {
      throw new Error("vi ended with 1: set $EDITOR to another.");
    });
    press(panel, keys.ctrl("g"));
    await expect.poll(() => shown(panel, 80).at(-1)).toContain("vi ended with 1");
    press(panel, keys.enter);
    expect(done).toEqual(["a"]);
  });

  test.each([1, 2, 5, 20, 40])("of %i columns, has no row that is too wide", (width) => {
    const { panel } = edit("漢字👩‍💻 שלום\tx".repeat(20));
    shown(panel, width);
  });

  test("with the keyboard, shows where the cursor is", () => {
    const { panel } = edit("a");
    panel.focused = true;
    expect(panel.render(20)[2]).toContain(`a${CURSOR_MARKER}`);
  });
});
