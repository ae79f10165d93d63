import { plainTextLimits } from "./limits.ts";

/** Cuts a text into pieces of whole lines, where lines are short enough. */
export function pieces(text: string): string[] {
  const all: string[] = [];
  let start = 0;
  while (text.length - start > plainTextLimits.piece) {
    const most = start + plainTextLimits.piece;
    const newline = text.lastIndexOf("\n", most - 1);
    const end = newline > start ? newline + 1 : afterPair(text, most);
    all.push(text.slice(start, end));
    start = end;
  }
  return [...all, text.slice(start)];
}

/** One further where the cut would be inside a character. */
function afterPair(text: string, at: number): number {
  return /[\uD800-\uDBFF]/.test(text[at - 1] ?? "") ? at + 1 : at;
}
