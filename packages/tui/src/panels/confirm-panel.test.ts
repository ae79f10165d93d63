import { expect, test } from "vitest";
import { keys, panelSetting, press, shown } from "../../tests/support/panels.ts";
import { CURSOR_MARKER } from "../pi-tui/index.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { ConfirmPanel } from "./confirm-panel.ts";

function confirm(options: { title?: string; message?: string } = {}, rows = 24) {
  const done: (boolean | null)[] = [];
  const panel = new ConfirmPanel(
    panelSetting(rows),
    { title: "Go on?", ...options },
    { onDone: (yes) => done.push(yes) },
  );
  return { panel, done };
}

test("ConfirmPanel, shows question, message and answers", () => {
  const { panel } = confirm({ message: "All messages will be lost, and there is no way to get them back." });
  expect(shown(panel, 40)).toEqual([
    "─".repeat(40),
    "Go on?",
    "All messages will be lost, and there is",
    "no way to get them back.",
    "→ Yes     No",
    "y/n · ←→ Enter choose · Esc cancel",
    "─".repeat(40),
  ]);
});

test("ConfirmPanel with a diff, colours its lines; a list is none", () => {
  const setting = { ...panelSetting(), theme: new Theme(dark, "256") };
  const render = (message: string): string[] =>
    new ConfirmPanel(setting, { title: "", message }, { onDone() {} }).render(40);
  const [, added, removed, context] = render("+ new\n- old\n  same");
  expect([added, removed, context]).toEqual([
    setting.theme.fg("toolDiffAdded", "+ new"),
    setting.theme.fg("toolDiffRemoved", "- old"),
    "  same",
  ]);
  expect(render("- one\n- two").slice(1, 3)).toEqual(["- one", "- two"]);
});

test.each([
  [["y"], true],
  [["Y"], true],
  [["\u001b[121u"], true],
  [["n"], false],
  [["N"], false],
  [[keys.enter], true],
  [[keys.right, keys.enter], false],
  [[keys.right, keys.left, keys.enter], true],
  [[keys.tab, keys.enter], false],
  [[keys.escape], null],
  [[keys.ctrl("c")], null],
  [[keys.paste("y"), "x", " "], undefined],
])("ConfirmPanel, keys %j answer %j", (pressed, answer) => {
  const { panel, done } = confirm();
  press(panel, ...pressed);
  expect(done).toEqual(answer === undefined ? [] : [answer]);
});

test("ConfirmPanel with a long diff, scrolls through all of it below the question", () => {
  const diff = Array.from({ length: 200 }, (_, at) => `${at % 2 ? "+" : "-"}\tline ${at}`).join("\n");
  const { panel, done } = confirm({ message: diff });
  const seen = new Set<string>();
  for (let page = 0; page < 30; page++) {
    const rows = shown(panel, 80);
    expect(rows.length).toBeLessThanOrEqual(19);
    expect(rows.at(-3)).toBe("→ Yes     No");
    for (const row of rows) seen.add(row);
    press(panel, keys.pageDown);
  }
  for (const line of diff.split("\n")) expect(seen).toContain(line.replace("\t", "    "));
  expect(shown(panel, 80).at(-4)).toMatch(/^↑ \d+ more rows/);
  for (let page = 0; page < 30; page++) press(panel, keys.pageUp);
  expect(shown(panel, 80)[1]).toBe("Go on?");
  expect(done).toEqual([]);
});

test.each([1, 4, 20, 40, 80])("ConfirmPanel of %i columns, has no row that is too wide", (width) => {
  const text = "rm -rf /very/long/path/without/any/break/".repeat(30) + " 漢字\u001b[2J\u202e👩‍💻\t";
  for (const rows of [1, 5, 10, 24]) shown(confirm({ title: text, message: text }, rows).panel, width);
});

test("ConfirmPanel with the keyboard, has the cursor at the answer", () => {
  const { panel } = confirm();
  panel.focused = true;
  press(panel, keys.right);
  expect(panel.render(40).find((row) => row.includes(CURSOR_MARKER))).toContain(`${CURSOR_MARKER}→ No`);
});
