import type { Choice } from "../commands/command.ts";
import { visibleWidth } from "../pi-tui/index.ts";
import { neutraliseLine } from "../text/index.ts";
import type { ListEntry } from "./choice-list.ts";
import { searchText } from "./rank.ts";

/** A choice as it is shown. */
export interface PickEntry<T> extends ListEntry {
  readonly value: T;
  readonly label: string;
  /** Columns of the label; of a very long one, more than any row has. */
  readonly columns: number;
  readonly detail: string;
  /** Whether it is what holds now. */
  readonly marked: boolean;
}

/** @param at the place among the choices: two may look the same */
export function pickEntry<T>(choice: Choice<T>, at: number, current: T | undefined): PickEntry<T> {
  const label = neutraliseLine(choice.label);
  const detail = neutraliseLine(choice.detail ?? "");
  const group = neutraliseLine(choice.group ?? "");
  const marked = current !== undefined && choice.value === current;
  const search = searchText(label, detail, group);
  const short = [searchText(label).slice(0, endless), searchText(group)];
  const columns = label.length > endless ? label.length : visibleWidth(label);
  return { key: at, group, value: choice.value, label, columns, detail, marked, search, short };
}

/** Characters beyond which nobody needs to know how wide a label is. */
const endless = 1_000;
