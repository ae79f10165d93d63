import { fuzzyFilter } from "../pi-tui/index.ts";

/** What can be searched for in a list. */
export interface Searchable {
  /** What is searched, as `searchText` makes it. */
  readonly search: string;
}

/** Text in the form in which it is compared: however it was typed or written to disk. */
export function searchText(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== "")
    .join(" ")
    .normalize("NFC")
    .toLowerCase();
}

/** Those that fit what was typed, the best first: all words in them as typed, then their letters in that order. */
export function rank<E extends Searchable>(entries: readonly E[], query: string): readonly E[] {
  const words = searchText(query).split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return entries;
  const literal: { entry: E; at: number }[] = [];
  const others: E[] = [];
  for (const entry of entries) {
    if (words.every((word) => entry.search.includes(word))) literal.push({ entry, at: entry.search.indexOf(first) });
    else others.push(entry);
  }
  literal.sort((a, b) => a.at - b.at);
  const fuzzy = fuzzyFilter(others, words.join(" "), ({ search }) => search);
  return [...literal.map(({ entry }) => entry), ...fuzzy];
}
