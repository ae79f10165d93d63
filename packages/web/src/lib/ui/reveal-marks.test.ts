import { expect, test } from "vitest";
import { revealMarks } from "./reveal-marks.ts";

test.each([
  ["an override", "if (\u202e } 1\u2066 admin\u2069)", "if ([U+202E] } 1[U+2066] admin[U+2069])"],
  ["embeddings and what ends them", "\u202aa\u202bb\u202cc\u202d", "[U+202A]a[U+202B]b[U+202C]c[U+202D]"],
  ["isolates", "\u2067a\u2068", "[U+2067]a[U+2068]"],
  ["text that runs from right to left by itself, with its marks", "שלום\u200f! 👩‍👩‍👧", "שלום\u200f! 👩‍👩‍👧"],
])("revealMarks of %s", (_what, text, expected) => {
  expect(revealMarks(text)).toBe(expected);
});
