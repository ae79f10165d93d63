import type { Keys } from "../editor/keys.ts";
import type { TUI } from "../pi-tui/index.ts";
import type { Theme } from "../theme/theme.ts";

/** Where panels are shown. */
export interface PanelSetting {
  readonly theme: Theme;
  readonly screen: TUI;
  readonly keys: Keys;
  /** Lets the person edit a text in a program of theirs; null when it stays as it was. */
  readonly editOutside?: (text: string) => Promise<string | null>;
}

/** How many rows a panel may have: some of what was said stays to be seen above it, and the status below. */
export function panelRows({ screen }: Pick<PanelSetting, "screen">): number {
  return Math.max(3, screen.terminal.rows - 5);
}
