import { fuzzyScore } from "#lib/composer/completion/fuzzy.ts";

/** A text in which a word may be found, and how much less it counts there than in the first. */
export interface Weighted {
  text: string;
  penalty: number;
  /** Whether letters in their order are enough, as in initials. */
  isFuzzy?: boolean;
}

/** How well a query fits: each of its words is found in one of the texts; null when one is not, less is better. */
export function howWellItFits(query: string, texts: readonly Weighted[]): number | null {
  let sum = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const scores = texts.flatMap((weighted) => scoreOf(word, weighted) ?? []);
    if (scores.length === 0) return null;
    sum += Math.min(...scores);
  }
  return sum;
}

/** Those that fit a query, the best first, at most so many. */
export function fitting<T>(
  all: readonly T[],
  query: string,
  most: number,
  texts: (one: T) => readonly Weighted[],
): T[] {
  return all
    .map((one) => ({ one, score: howWellItFits(query, texts(one)) }))
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .slice(0, most)
    .map(({ one }) => one);
}

function scoreOf(word: string, { text, penalty, isFuzzy = false }: Weighted): number | null {
  const score = fuzzyScore(word, text.toLowerCase());
  if (score === null) return null;
  // Letters that stand anywhere are in every long text.
  const isScattered = score >= 10 && (!isFuzzy || score > 10 + word.length);
  return isScattered ? null : score + penalty;
}
