import { fuzzyMatch } from "../pi-tui/index.ts";

/** What can be searched for in a list. */
export interface Searchable {
  /** Where words are looked for as they are typed, as `searchText` makes it. */
  readonly search: string;
  /** Short texts in each of which letters of a word may be left out; in a long one nearly any would be found. */
  readonly short: readonly string[];
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
  const fuzzy = others.flatMap((entry) => {
    const score = fuzzyScore(words, entry);
    return score === null ? [] : [{ entry, at: score }];
  });
  fuzzy.sort((a, b) => a.at - b.at);
  return [...literal, ...fuzzy].map(({ entry }) => entry);
}

/** How well words fit an entry, the best being least; null when one of the words does not. */
function fuzzyScore(words: readonly string[], { search, short }: Searchable): number | null {
  let sum = 0;
  for (const word of words.filter((one) => !search.includes(one))) {
    const scores = short.map((text) => fuzzyMatch(word, text)).flatMap((match) => (match.matches ? [match.score] : []));
    if (scores.length === 0) return null;
    sum += Math.min(...scores);
  }
  return sum;
}
