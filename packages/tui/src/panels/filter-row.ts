import { visibleWidth } from "../pi-tui/index.ts";
import type { Theme } from "../theme/theme.ts";
import type { LineInput } from "./line-input.ts";
import { fit } from "./panel-frame.ts";

export interface Filtered {
  input: LineInput;
  list: { readonly position: number; readonly count: number };
}

/** What is typed to filter a list, and the place in it. */
export function filterRow(theme: Theme, width: number, { input, list }: Filtered): string {
  const place = `${list.position}/${list.count}`;
  const left = width - place.length - 2;
  if (left < narrowest) return fit(input.render(width)[0] ?? "", width);
  const typed = fit(input.render(left)[0] ?? "", left);
  return `${typed}${" ".repeat(left - visibleWidth(typed))}  ${theme.fg("dim", place)}`;
}

const narrowest = 8;
