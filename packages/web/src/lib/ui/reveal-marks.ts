/** Embeddings, overrides and isolates of text direction: https://unicode.org/reports/tr9/#Directional_Formatting_Codes */
const marks = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Shows by name, as in `[U+202E]`, the invisible marks that make what follows read in another order: in code, commands and
 * output they are how something is shown that is not what runs.
 */
export function revealMarks(text: string): string {
  return text.replace(marks, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`);
}
