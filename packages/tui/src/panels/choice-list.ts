import { rank, type Searchable } from "./rank.ts";

export interface ListEntry extends Searchable {
  /** Tells it from the others, over changes of the list too. */
  readonly key: unknown;
  /** Entries of one group stand together below its name. */
  readonly group: string;
}

/** A row of the list: the name of a group, or an entry. */
export type ListRow<E> = { group: string; entry?: undefined } | { entry: E; selected: boolean };

/** What can be chosen: filtered, one of them selected, a part of it to be seen. */
export class ChoiceList<E extends ListEntry> {
  #all: readonly E[] = [];
  #query = "";
  #shown: readonly E[] = [];
  #rows: readonly ({ group: string } | { at: number })[] = [];
  /** Index in what is shown. */
  #selected = 0;
  #top = 0;
  /** Entries that were to be seen last. */
  #page = 1;

  get selected(): E | null {
    return this.#shown[this.#selected] ?? null;
  }

  /** Entries that fit the filter. */
  get count(): number {
    return this.#shown.length;
  }

  get total(): number {
    return this.#all.length;
  }

  /** The place of the selected one among those that fit, from 1. */
  get position(): number {
    return Math.min(this.#selected + 1, this.count);
  }

  /** Rows of all that fits, names of groups too. */
  get height(): number {
    return this.#rows.length;
  }

  /** Puts entries in the place of all; the selected one stays selected if it is still there. */
  replace(entries: readonly E[]): void {
    const key = this.selected?.key;
    this.#all = entries;
    this.#update();
    const at = key === undefined ? -1 : this.#shown.findIndex((entry) => entry.key === key);
    this.#selected = at === -1 ? Math.max(0, Math.min(this.#selected, this.count - 1)) : at;
  }

  /** Shows only what fits; the best is selected. */
  filter(query: string): void {
    if (query === this.#query) return;
    this.#query = query;
    this.#update();
    this.#selected = 0;
    this.#top = 0;
  }

  select(key: unknown): void {
    const at = this.#shown.findIndex((entry) => entry.key === key);
    if (at !== -1) this.#selected = at;
  }

  /** Selects one further down or up; beyond an end, the other end. */
  move(by: number): void {
    if (this.count > 0) this.#selected = (this.#selected + by + this.count) % this.count;
  }

  /** Selects one a page further down or up, as far as there are any. */
  movePages(pages: number): void {
    const to = this.#selected + pages * Math.max(1, this.#page - 1);
    this.#selected = Math.max(0, Math.min(to, this.count - 1));
  }

  /** The part to be seen in so many rows: the selected entry is in it. */
  window(rows: number): ListRow<E>[] {
    const at = this.#rows.findIndex((row) => "at" in row && row.at === this.#selected);
    // The name of the group is to be seen with its first entry.
    const from = at > 0 && "group" in (this.#rows[at - 1] ?? {}) && rows > 1 ? at - 1 : at;
    this.#top = Math.min(Math.max(this.#top, at - rows + 1), from, Math.max(0, this.#rows.length - rows));
    this.#top = Math.max(0, this.#top);
    const part = this.#rows.slice(this.#top, this.#top + rows);
    this.#page = part.filter((row) => "at" in row).length;
    return part.flatMap((row): ListRow<E>[] => {
      if ("group" in row) return [row];
      const entry = this.#shown[row.at];
      return entry === undefined ? [] : [{ entry, selected: row.at === this.#selected }];
    });
  }

  #update(): void {
    const groups = Map.groupBy(rank(this.#all, this.#query), ({ group }) => group);
    this.#shown = [...groups.values()].flat();
    let next = 0;
    this.#rows = [...groups].flatMap(([group, entries]) => [
      ...(group === "" ? [] : [{ group }]),
      ...entries.map(() => ({ at: next++ })),
    ]);
  }
}
