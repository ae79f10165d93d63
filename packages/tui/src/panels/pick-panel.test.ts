import { describe, expect, test } from "vitest";
import { keys, panelSetting, press, shown, type } from "../../tests/support/panels.ts";
import type { Choice } from "../commands/command.ts";
import { CURSOR_MARKER } from "../pi-tui/index.ts";
import { PickPanel, type PickPanelOptions } from "./pick-panel.ts";

function pick<T>(options: Partial<PickPanelOptions<T>> & { choices: readonly Choice<T>[] }, rows = 24) {
  const done: (T | null)[] = [];
  const panel = new PickPanel(
    panelSetting(rows),
    { title: "Which model?", empty: "pi knows no model.", ...options },
    { onDone: (value) => done.push(value) },
  );
  return { panel, done };
}

const numbered = (count: number): Choice<number>[] =>
  Array.from({ length: count }, (_, at) => ({ value: at, label: `choice ${at}` }));

const models: Choice<string>[] = [
  { value: "opus", label: "claude-opus", detail: "200k, thinks", group: "anthropic" },
  { value: "haiku", label: "claude-haiku", detail: "200k", group: "anthropic" },
  { value: "gpt", label: "gpt", detail: "400k, thinks", group: "openai" },
  { value: "wide", label: "漢字モデル 🚀", detail: "説明", group: "日本" },
  { value: "tab", label: "a\tb\u001b[31mc\u202e", group: "日本" },
  { value: "five", label: "five", group: "日本" },
  { value: "six", label: "six", group: "日本" },
];

describe("PickPanel", () => {
  test("of 80 columns, has groups, the present one marked and selected, details beside", () => {
    const { panel } = pick({ choices: models, current: "haiku" });
    expect(shown(panel, 80)).toEqual([
      "─".repeat(80),
      "Which model?",
      `> type to filter${" ".repeat(61)}2/7`,
      "anthropic",
      "  claude-opus      200k, thinks",
      "→ claude-haiku ✓   200k",
      "openai",
      "  gpt              400k, thinks",
      "日本",
      "  漢字モデル 🚀    説明",
      "  a bc",
      "  five",
      "  six",
      "↑↓ move · Enter choose · Esc cancel",
      "─".repeat(80),
    ]);
  });

  test("of 40 columns, has them cut", () => {
    const { panel } = pick({ choices: models, current: "haiku" }, 14);
    expect(shown(panel, 40)).toEqual([
      "─".repeat(40),
      "Which model?",
      `> type to filter${" ".repeat(21)}2/7`,
      "anthropic",
      "  claude-opus      200k, thinks",
      "→ claude-haiku ✓   200k",
      "openai",
      "↑↓ move · Enter choose · Esc cancel",
      "─".repeat(40),
    ]);
  });

  test.each([1, 2, 5, 10, 20, 40, 80, 200])("of %i columns, has no row that is too wide", (width) => {
    for (const rows of [3, 8, 24, 60]) {
      const { panel } = pick({ choices: models, title: "Wörter ".repeat(40) }, rows);
      expect(shown(panel, width).length).toBeLessThanOrEqual(Math.max(5, rows));
      type(panel, "漢👩‍💻");
      shown(panel, width);
    }
  });

  test("typing, keeps what fits, words as typed before letters in their order, and selects the best", () => {
    const { panel, done } = pick({
      choices: ["grape over tea", "gpt", "great potato tree", "the gpt of old"].map((label) => ({
        value: label,
        label,
      })),
    });
    type(panel, "gpt");
    expect(shown(panel, 80).slice(2, 7)).toEqual([
      `> gpt${" ".repeat(72)}1/4`,
      "→ gpt",
      "  the gpt of old",
      expect.stringMatching(/^ {2}gr/),
      expect.stringMatching(/^ {2}gr/),
    ]);
    press(panel, keys.enter);
    expect(done).toEqual(["gpt"]);
  });

  test("typing what nothing fits, says so, chooses nothing and keeps its height", () => {
    const { panel, done } = pick({ choices: numbered(9) });
    const before = shown(panel, 80).length;
    type(panel, "xyz");
    expect(shown(panel, 80)).toHaveLength(before);
    expect(shown(panel, 80).join("\n")).toContain("Nothing fits what is typed.");
    press(panel, keys.enter, keys.up, keys.pageDown);
    expect(done).toEqual([]);
    press(panel, ...Array.from({ length: 3 }, () => keys.backspace), keys.enter);
    expect(done).toEqual([0]);
  });

  test("the filter, finds accents and details however they are written", () => {
    const { panel, done } = pick({
      choices: [
        { value: 1, label: "Plain" },
        { value: 2, label: "Änderung".normalize("NFD"), detail: "im Parser" },
      ],
    });
    type(panel, "PARS änd");
    press(panel, keys.enter);
    expect(done).toEqual([2]);
  });

  test("arrows go round, pages stop at the ends", () => {
    const { panel, done } = pick({ choices: numbered(120) });
    shown(panel, 80);
    press(panel, keys.up, keys.enter, keys.down, keys.enter, keys.pageDown, keys.enter);
    expect(shown(panel, 80)[2]).toMatch(/14\/120$/);
    for (let page = 0; page < 20; page++) press(panel, keys.pageDown);
    press(panel, keys.enter, keys.pageDown, keys.enter);
    for (let page = 0; page < 20; page++) press(panel, keys.pageUp);
    press(panel, keys.enter);
    expect(done).toEqual([119, 0, 13, 119, 119, 0]);
  });

  test("the selected one, is always to be seen with the name of its group at its first", () => {
    const choices = numbered(60).map((choice, at) => ({ ...choice, group: `group ${Math.floor(at / 3)}` }));
    const { panel } = pick({ choices }, 14);
    for (let at = 0; at < 132; at += 3) {
      const rows = shown(panel, 40);
      const group = rows.indexOf(`group ${(at % 60) / 3}`);
      expect([group > 0, rows[group + 1]]).toEqual([true, `→ choice ${at % 60}`]);
      for (let within = 1; within < 3; within++) {
        press(panel, keys.down);
        expect(shown(panel, 40)).toContain(`→ choice ${(at % 60) + within}`);
      }
      press(panel, keys.down);
    }
  });

  test.each([keys.escape, keys.ctrl("c")])("key %j, leaves without a choice", (key) => {
    const { panel, done } = pick({ choices: numbered(3) });
    press(panel, key);
    expect(done).toEqual([null]);
  });

  test("nothing to choose from, says why", () => {
    const { panel, done } = pick({ choices: [] });
    press(panel, keys.enter, keys.down, keys.up, keys.pageUp, keys.pageDown);
    expect(shown(panel, 80)[2]).toBe("  pi knows no model.");
    expect(done).toEqual([]);
  });

  test("few choices, need no place to type; the cursor is at the selected one", () => {
    const { panel } = pick({ choices: numbered(2) });
    panel.focused = true;
    expect(shown(panel, 80)).toEqual([
      "─".repeat(80),
      "Which model?",
      "→ choice 0",
      "  choice 1",
      "↑↓ move · Enter choose · Esc cancel",
      "─".repeat(80),
    ]);
    press(panel, keys.down);
    expect(panel.render(80)[3]).toContain(`${CURSOR_MARKER}→ choice 1`);
    type(panel, "0");
    expect(shown(panel, 80)[2]).toMatch(/^> 0 +1\/1$/);
    expect(panel.render(80).filter((row) => row.includes(CURSOR_MARKER))).toHaveLength(1);
  });

  test("a choice too long for its row, is shown below while it is selected", () => {
    const command = `run ${"very ".repeat(30)}long; echo the end`;
    const { panel } = pick({
      choices: [
        { value: 1, label: "short" },
        { value: 2, label: command },
      ],
    });
    expect(shown(panel, 40).join("\n")).not.toContain("the end");
    const before = shown(panel, 40).length;
    press(panel, keys.down);
    expect(shown(panel, 40).join("\n")).toContain("echo the end");
    expect(shown(panel, 40)).toHaveLength(before);
  });

  test("a title of many lines, is scrolled by pages and hides nothing", () => {
    const title = Array.from({ length: 50 }, (_, at) => `line ${at}`).join("\n");
    const { panel } = pick({ title, choices: numbered(2) });
    const seen = new Set<string>();
    for (let page = 0; page < 10; page++) {
      for (const row of shown(panel, 80)) if (row.startsWith("line")) seen.add(row);
      press(panel, keys.pageDown);
    }
    expect([...seen]).toEqual(title.split("\n"));
    expect(shown(panel, 80).join("\n")).toContain("choice 1");
    expect(shown(panel, 80).join("\n")).toMatch(/↑ \d+ more rows \(PgUp, PgDn\)/);
  });

  test("50,000 choices, are filtered and drawn while one types", () => {
    const { panel, done } = pick({
      choices: numbered(50_000).map((choice) => ({ ...choice, detail: "a detail of it" })),
    });
    shown(panel, 80);
    type(panel, "49999");
    shown(panel, 80);
    press(panel, keys.enter);
    expect(done).toEqual([49_999]);
  });
});
