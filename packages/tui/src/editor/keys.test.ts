import { afterEach, describe, expect, test } from "vitest";
import { getKeybindings } from "../pi-tui/index.ts";
import { type KeyAction, keyActions, Keys } from "./keys.ts";

afterEach(() => new Keys().install());

/** What a terminal sends. */
const sent = {
  escape: "\u001b",
  "ctrl+c": "\u0003",
  "ctrl+p": "\u0010",
  "alt+up": "\u001b[1;3A",
  "shift+tab": "\u001b[Z",
};

describe("Keys", () => {
  test.each<[string, KeyAction]>([
    [sent.escape, "app.interrupt"],
    [sent["ctrl+c"], "app.clear"],
    [sent["ctrl+p"], "app.model.cycleForward"],
    [sent["alt+up"], "app.message.dequeue"],
    [sent["shift+tab"], "app.thinking.cycle"],
    ["\u001b\r", "app.message.followUp"],
    ["\u001b[112;6u", "app.model.cycleBackward"],
  ])("by default, %j is %s alone of the app's", (data, action) => {
    const keys = new Keys();
    const matching = (Object.keys(keyActions) as KeyAction[]).filter(
      (each) => each.startsWith("app.") && keys.matches(data, each),
    );
    expect(matching).toEqual([action]);
  });

  test("of a person, replace the default; an empty list takes it away", () => {
    const keys = new Keys({ "app.session.new": ["ctrl+n"], "app.clear": [] });
    expect(keys.matches("\u000e", "app.session.new")).toBe(true);
    expect(keys.matches(sent["ctrl+c"], "app.clear")).toBe(false);
    expect(keys.label("app.clear")).toBe("");
  });

  test("on Windows, leave its own keys to it", () => {
    const keys = new Keys({}, { windows: true });
    expect([keys.of("app.suspend"), keys.of("app.message.followUp"), keys.of("tui.editor.undo")]).toEqual([
      [],
      ["ctrl+q"],
      ["ctrl+z"],
    ]);
  });

  test("installed, hold in pi-tui's components too; ids of neither change nothing", () => {
    new Keys({ "tui.select.up": ["ctrl+u"], "tui.input.submit": ["ctrl+s"], "app.made.up": ["x"] }).install();
    expect(getKeybindings().getKeys("tui.select.up")).toEqual(["ctrl+u"]);
    expect(getKeybindings().getKeys("tui.input.submit")).toEqual(["ctrl+s"]);
    expect(getKeybindings().getKeys("tui.select.down")).toEqual(["down"]);
  });

  test.each<[KeyAction, string]>([
    ["app.interrupt", "Esc"],
    ["app.model.cycleBackward", "Shift+Ctrl+P"],
    ["tui.input.newLine", "Shift+Enter or Ctrl+J"],
    ["app.message.dequeue", "Alt+↑"],
  ])("of %s, are shown as %s", (action, label) => {
    expect(new Keys().label(action)).toBe(label);
  });
});
