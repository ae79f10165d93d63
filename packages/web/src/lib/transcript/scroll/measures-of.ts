import type { Measures } from "./estimate-height.ts";

/** The sizes of a list of rows on the screen at hand. */
export function measuresOf(list: HTMLElement): Measures {
  const style = getComputedStyle(list);
  const line = Number.parseFloat(style.lineHeight);
  const target = Number.parseFloat(style.getPropertyValue("--target"));
  return { width: list.clientWidth, line: line || 24, target: target * 16 || 32 };
}
