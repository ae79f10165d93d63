import { visibleWidth } from "../pi-tui/index.ts";
import type { Theme } from "../theme/theme.ts";
import type { LineInput } from "./line-input.ts";

export interface Filtered {
  input: LineInput;
  list: { readonly position: number; readonly count: number };
}

/** What is typed to filter a list, and the place in it. */
export function filterRow(theme: Theme, width: number, { input, list }: Filtered): string {
  const place = `${list.position}/${list.count}`;
  const left = width - place.length - 2;
  if (left < narrowest) return input.render(width).join("");
  const typed = input.render(left).join("");
  return `${typed}${" ".repeat(left - visibleWidth(typed))}  ${theme.fg("dim", place)}`;
}

const narrowest = 8;
