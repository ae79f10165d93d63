import { visibleWidth } from "../../src/pi-tui/index.ts";
import type { ColourDepth } from "../../src/theme/colour-depth.ts";
import { dark } from "../../src/theme/dark.ts";
import { Theme } from "../../src/theme/theme.ts";
import type { View } from "../../src/transcript/view.ts";

export function viewOf(change: Partial<View> = {}, depth: ColourDepth = "none"): View {
  return { theme: new Theme(dark, depth), expanded: false, thinking: false, images: true, ...change };
}

/** What a person reads: the rows without their styles. */
export function plain(rows: readonly string[]): string[] {
  // oxlint-disable-next-line no-control-regex -- styles are control sequences
  return rows.map((row) => row.replace(/\u001b\[[\d;]*m|\u001b\]8;[^\u0007\u001b]*(?:\u0007|\u001b\\)/g, ""));
}

/** What is wrong with rows for a terminal of a width: too wide, broken, or with control characters other than styles. */
export function faults(rows: readonly string[], width: number): string[] {
  return rows.flatMap((row, at) => [
    ...(visibleWidth(row) > width ? [`row ${at} is ${visibleWidth(row)} wide: ${JSON.stringify(row)}`] : []),
    // oxlint-disable-next-line no-control-regex -- finding them is the point
    ...(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(plain([row])[0] ?? "")
      ? [`row ${at} controls: ${JSON.stringify(row)}`]
      : []),
  ]);
}
