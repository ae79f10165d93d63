/**
 * Those whose text holds the letters of a query in their order, the best first: at the beginning, at the beginnings of
 * words, in a row.
 */
export function fuzzyFilter<T>(entries: readonly T[], query: string, textOf: (entry: T) => string): T[] {
  const wanted = query.toLowerCase();
  if (wanted === "") return [...entries];
  return entries
    .map((entry) => ({ entry, score: fuzzyScore(wanted, textOf(entry).toLowerCase()) }))
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .map(({ entry }) => entry);
}

/** How far a text is from a query, both in small letters; null when letters are missing. */
export function fuzzyScore(query: string, text: string): number | null {
  const whole = text.indexOf(query);
  if (whole !== -1) return whole === 0 ? text.length / 1000 : 1 + whole / 100;
  let score = 10;
  let at = -1;
  for (const letter of query) {
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return null;
    const beginsWord = next === 0 || /[^a-z0-9]/.test(text[next - 1] ?? "");
    score += next === at + 1 ? 0 : beginsWord ? 1 : 2 + (next - at) / 50;
    at = next;
  }
  return score;
}
