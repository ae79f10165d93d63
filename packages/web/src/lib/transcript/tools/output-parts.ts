/** A text in parts of so many lines: the browser lays out only those parts that are seen. */
const linesInPart = 200;

/** Lines of an output that are shown before somebody wants all of them. */
export const foldedLines = 24;
/** The same while it is being written. */
export const runningLines = 10;
/** Characters of a line beyond which it is no text for people. */
const maxLine = 5_000;

export interface Excerpt {
  text: string;
  /** How many lines there are beside these. */
  left: number;
}

/** The first or the last lines of a text. */
export function excerpt(text: string, from: "start" | "end", count: number): Excerpt {
  const lines = text.replace(/\n+$/, "").split("\n");
  const some = from === "start" ? lines.slice(0, count) : lines.slice(-count);
  const shown = some.map((line) => (line.length > maxLine ? `${line.slice(0, maxLine).toWellFormed()} …` : line));
  return { text: shown.join("\n"), left: Math.max(0, lines.length - count) };
}

/** A long text in parts. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (++lines % linesInPart !== 0 && at - from < 64 * 1024) continue;
    parts.push(text.slice(from, at + 1));
    from = at + 1;
  }
  for (; text.length - from > 128 * 1024; from += 64 * 1024) parts.push(text.slice(from, from + 64 * 1024));
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
