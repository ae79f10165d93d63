/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  text: string;
  isFound: boolean;
}

/** A text in pieces, with what was looked for apart: its words in a row, whatever their case and what is between them. */
export function markedPieces(text: string, query: string): Piece[] {
  const pattern = searchPattern(query);
  if (!pattern) return [{ text, isFound: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (index > from) pieces.push({ text: text.slice(from, index), isFound: false });
    pieces.push({ text: found, isFound: true });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isFound: false });
  return pieces;
}

/** A text that begins shortly before what was looked for, so that it is seen where there is little room. */
export function nearMark(text: string, query: string): string {
  const at = searchPattern(query)?.exec(text)?.index ?? 0;
  if (at <= lead) return text;
  const cut = text.slice(at - lead);
  // Not in the middle of a word, if it is a short one.
  return `…${cut.replace(/^\S{1,12}\s/, "")}`;
}

/** Characters before it. */
const lead = 28;

/** What the daemon finds with a query, as a pattern; null where there is no word in it. */
export function searchPattern(query: string): RegExp | null {
  const words = query.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const escaped = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  return new RegExp(escaped.join(String.raw`\s+`), "giu");
}
