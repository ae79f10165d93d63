/** The name that is most like a mistyped one; null when none is. */
export function nearest(word: string, names: readonly string[]): string | null {
  const bound = Math.max(1, Math.floor(word.length / 3));
  let found: string | null = null;
  let least = bound + 1;
  for (const name of names) {
    const away = name.startsWith(word) && word !== "" ? 1 : distance(word.toLowerCase(), name.toLowerCase());
    if (away < least) [found, least] = [name, away];
  }
  return found;
}

/** How many letters have to be changed, put in, taken out or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
