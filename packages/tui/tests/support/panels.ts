import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";
import { Keys } from "../../src/editor/keys.ts";
import type { PanelSetting } from "../../src/panels/panel-setting.ts";
import type { Panel } from "../../src/panels/panel.ts";
import { CURSOR_MARKER, visibleWidth } from "../../src/pi-tui/index.ts";
import { Screen } from "../../src/screen/screen.ts";
import { dark } from "../../src/theme/dark.ts";
import { Theme } from "../../src/theme/theme.ts";
import { VirtualTerminal } from "./virtual-terminal.ts";

/** Where panels are shown in tests: no colours, a terminal of so many rows. */
export function panelSetting(rows = 24, columns = 80): PanelSetting & { terminal: VirtualTerminal } {
  const terminal = new VirtualTerminal(columns, rows);
  const scrollback = { render: () => [], dropAbove: () => 0, restore: () => {} };
  const screen = new Screen(terminal, { scrollback, dock: { render: () => ({ rows: [], covering: 0 }) } });
  return { theme: new Theme(dark, "none"), screen, keys: new Keys(), terminal };
}

/** The rows of a panel without styles. None may be wider than the terminal, or hold what a terminal would obey. */
export function shown(panel: Pick<Panel, "render">, width: number): string[] {
  return panel.render(width).map((row) => {
    expect(visibleWidth(row)).toBeLessThanOrEqual(width);
    const text = stripVTControlCharacters(row.replaceAll(CURSOR_MARKER, ""));
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    return text.trimEnd();
  });
}

export const keys = {
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  pageUp: "\u001b[5~",
  pageDown: "\u001b[6~",
  enter: "\r",
  shiftEnter: "\u001b[13;2u",
  escape: "\u001b",
  tab: "\t",
  backspace: "\u007f",
  ctrl: (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96),
  paste: (text: string) => `\u001b[200~${text}\u001b[201~`,
} as const;

/** Presses keys one after the other. */
export function press(panel: Pick<Panel, "handleInput">, ...pressed: string[]): void {
  for (const key of pressed) panel.handleInput(key);
}

/** Types a text, a character at a time. */
export function type(panel: Pick<Panel, "handleInput">, text: string): void {
  press(panel, ...text);
}
