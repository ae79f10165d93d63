/** How far something is, as its output says. */
export interface Progress {
  done: number;
  total: number;
  words: string;
}

/** Reads progress from the last line of an output: `212 of 340`, `212/340`, `62 %`. */
export function progressOf(output: string): Progress | null {
  const line =
    output
      .trimEnd()
      .split(/[\n\r]/)
      .at(-1)
      ?.slice(-300) ?? "";
  const counts = [...line.matchAll(/(?<![\d./-])(\d{1,7}) ?(?:\/| of ) ?(\d{1,7})(?![\d./-])/g)].at(-1);
  if (counts) {
    const [done, total] = [Number(counts[1]), Number(counts[2])];
    return total > 1 && done <= total ? { done, total, words: `${done} of ${total}` } : null;
  }
  const percent = [...line.matchAll(/(?<![\d.])(\d{1,3})(?:\.\d+)? ?%/g)].at(-1);
  const done = Number(percent?.[1] ?? Number.NaN);
  return done <= 100 ? { done, total: 100, words: `${done} %` } : null;
}
