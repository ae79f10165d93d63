const LONGEST_PIECE = 24;

/** Cuts a text into deltas that are well-formed strings: words, or `size` code points each. */
export function* cutText(text: string, size?: number): Generator<string> {
  if (size !== undefined) {
    yield* cutCodePoints(text, size);
    return;
  }
  for (const [word] of text.matchAll(/\s*\S+|\s+$/gu)) yield* cutCodePoints(word, LONGEST_PIECE);
}

function* cutCodePoints(text: string, size: number): Generator<string> {
  let piece = "";
  let count = 0;
  for (const point of text) {
    piece += point;
    count += 1;
    if (count === size) {
      yield piece;
      piece = "";
      count = 0;
    }
  }
  if (piece !== "") yield piece;
}
