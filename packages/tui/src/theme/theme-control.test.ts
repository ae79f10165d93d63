import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { VirtualTerminal } from "../../tests/support/virtual-terminal.ts";
import { Screen } from "../screen/screen.ts";
import { dark } from "./dark.ts";
import { light } from "./light.ts";
import { ThemeControl } from "./theme-control.ts";
import { Theme } from "./theme.ts";

const sample = (theme: Theme): string => theme.fg("accent", "x");
const isDark = sample(new Theme(dark, "truecolor"));
const isLight = sample(new Theme(light, "truecolor"));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pier-theme-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const env = (further: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PI_CODING_AGENT_DIR: folder,
  COLORTERM: "truecolor",
  ...further,
});

/** A client's colours on a terminal that answers what it is told to. */
function onTerminal(further: NodeJS.ProcessEnv = {}): {
  terminal: VirtualTerminal;
  control: ThemeControl;
  changes: () => number;
  first: Promise<void>;
  stop: () => void;
} {
  const terminal = new VirtualTerminal(80, 24);
  const screen = new Screen(terminal, {
    scrollback: { render: () => [], dropAbove: () => 0, restore: () => {} },
    dock: { render: () => ({ rows: [], covering: 0 }) },
  });
  screen.start();
  const control = new ThemeControl(env(further));
  const onChange = vi.fn();
  return { terminal, control, changes: () => onChange.mock.calls.length, ...control.follow(screen, onChange) };
}

const background = (rgb: string): string => `\u001b]11;rgb:${rgb}\u0007`;

describe("ThemeControl", () => {
  test("a terminal that names a light background, is drawn in the light palette", async () => {
    const { terminal, control, changes, first } = onTerminal();
    expect(terminal.written).toContain("\u001b]11;?");
    expect(sample(control.theme)).toBe(isDark);
    terminal.input(background("ffff/ffff/eded"));
    await first;
    expect(sample(control.theme)).toBe(isLight);
    expect(changes()).toBe(1);
  });

  test("a terminal that names the background that was guessed, is drawn once", async () => {
    const { terminal, control, changes, first } = onTerminal();
    terminal.input(background("1e1e/1e1e/1e1e"));
    await first;
    expect([sample(control.theme), changes()]).toEqual([isDark, 0]);
  });

  test("a terminal that says nothing, is waited for no longer than a moment", async () => {
    const { control, changes, first } = onTerminal();
    await first;
    expect([sample(control.theme), changes()]).toEqual([isDark, 0]);
  });

  test("COLORFGBG, is the guess until the terminal says better", async () => {
    const { terminal, control, first } = onTerminal({ COLORFGBG: "0;15" });
    expect(sample(control.theme)).toBe(isLight);
    terminal.input(background("0000/0000/0000"));
    await first;
    expect(sample(control.theme)).toBe(isDark);
  });

  test("a terminal that changes its colours while the client runs, changes the palette", () => {
    const { terminal, control, changes } = onTerminal();
    expect(terminal.written).toContain("\u001b[?2031h");
    terminal.input("\u001b[?997;2n");
    expect(sample(control.theme)).toBe(isLight);
    terminal.input("\u001b[?997;2n");
    terminal.input("\u001b[?997;1n");
    expect([sample(control.theme), changes()]).toEqual([isDark, 2]);
  });

  test("an answer after the end, changes nothing", () => {
    const { terminal, control, changes, stop } = onTerminal();
    stop();
    terminal.input("\u001b[?997;2n");
    terminal.input(background("ffff/ffff/ffff"));
    expect([sample(control.theme), changes()]).toEqual([isDark, 0]);
  });

  test("a theme that the person chose, stays whatever the background", () => {
    writeFileSync(join(folder, "settings.json"), JSON.stringify({ theme: "light" }));
    const { terminal, control, changes } = onTerminal();
    expect(sample(control.theme)).toBe(isLight);
    terminal.input("\u001b[?997;2n");
    terminal.input("\u001b[?997;1n");
    expect([sample(control.theme), changes()]).toEqual([isLight, 0]);
  });

  test("a pair of themes, is chosen from by the background", () => {
    mkdirSync(join(folder, "themes"));
    writeFileSync(join(folder, "settings.json"), JSON.stringify({ theme: "mine/dark" }));
    writeFileSync(join(folder, "themes", "mine.json"), JSON.stringify({ colors: { ...light, accent: "#123456" } }));
    const { terminal, control } = onTerminal();
    expect(control.problem).toBeNull();
    expect(sample(control.theme)).toBe(isDark);
    terminal.input("\u001b[?997;2n");
    expect(sample(control.theme)).toBe("\u001b[38;2;18;52;86mx\u001b[39m");
  });

  test("NO_COLOR, asks nothing and gives no colour", () => {
    const { terminal, control } = onTerminal({ NO_COLOR: "1" });
    expect(terminal.written).not.toContain("]11;");
    expect(control.theme.bg("selectedBg", sample(control.theme))).toBe("x");
  });
});
