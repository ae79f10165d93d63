import { truncateToWidth, visibleWidth } from "../pi-tui/index.ts";
import type { Theme } from "../theme/theme.ts";

export interface PanelFrame {
  /** What is asked, and what there is to choose from or to type into. */
  rows: readonly string[];
  /** Stands before the hints, styled already: how things stand with the question. */
  note?: string;
  /** What can be done, dimly, in the last row; what stands first is what matters most. */
  hints: readonly string[];
  /** Rows the panel may have: a small terminal gets no lines around it. */
  room: number;
}

/** Rows of a panel beyond its content: a line above and below, and the hints. */
export function frameRows(room: number): number {
  return room < bareBelow ? 1 : 3;
}

/** A panel's content between two lines. No row is wider than `width`. */
export function panelFrame(theme: Theme, width: number, { rows, note = "", hints, room }: PanelFrame): string[] {
  const line = theme.fg("border", "─".repeat(width));
  const content = [...rows, hintsRow(theme, width, [note, ...hints])].map((row) => fit(row, width));
  return room < bareBelow ? content : [line, ...content, line];
}

/** A row that is cut where it would be too wide. */
export function fit(row: string, width: number): string {
  return visibleWidth(row) <= width ? row : truncateToWidth(row, width, "…");
}

const bareBelow = 8;

/** A note and as many of the hints as fit: half a hint helps nobody. */
export function hintsRow(theme: Theme, width: number, [note = "", ...hints]: readonly string[]): string {
  let free = width - visibleWidth(note);
  const fitting: string[] = [];
  for (const hint of hints.filter((text) => text !== "")) {
    free -= visibleWidth(hint) + 3;
    if (free < -3) break;
    fitting.push(hint);
  }
  const parts = [note, theme.fg("dim", fitting.join(" · "))].filter((part) => visibleWidth(part) > 0);
  return parts.join(theme.fg("dim", " · "));
}
