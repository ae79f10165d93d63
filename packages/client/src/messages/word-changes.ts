/** Which part of a line differs from the line that stands in its place: from `start` up to `end`. */
export interface ChangedPart {
  start: number;
  end: number;
}

/** The parts in which two lines differ, at the borders of words; null when little of them is the same. */
export function changedParts(before: string, after: string): { before: ChangedPart; after: ChangedPart } | null {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const same = lengthOf(old.slice(0, head)) + lengthOf(old.slice(old.length - tail));
  if (same * 3 < Math.min(before.length, after.length)) return null;
  return { before: part(old, head, tail), after: part(now, head, tail) };
}

function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

function part(words: readonly string[], head: number, tail: number): ChangedPart {
  return { start: lengthOf(words.slice(0, head)), end: lengthOf(words.slice(0, words.length - tail)) };
}

function lengthOf(words: readonly string[]): number {
  return words.reduce((length, word) => length + word.length, 0);
}
