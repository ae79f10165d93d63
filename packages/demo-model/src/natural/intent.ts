/** What a person seems to want; the first that matches counts. */
const INTENTS = [
  ["continue", /^The conversation history before this point was compacted/],
  // Whoever begins with such a word wants work done, whatever else is named.
  ["build", /^\s*(please\s+|can you\s+)?(fix|add|build|implement)\b/],
  ["help", /\b(help|what can you do|commands)\b/],
  ["error", /\b(error|overload(ed)?|retry)\b/],
  ["diagram", /\b(diagram|mermaid|flow ?chart)\b/],
  ["math", /\b(math|maths|formula|equation|latex)\b/],
  ["table", /\btables?\b/],
  ["markdown", /\bmarkdown\b/],
  ["think", /\b(think|thinking|reason|reasoning)\b/],
  ["slow", /\b(slow|slowly)\b/],
  ["long", /\b(long|essay)\b/],
  ["files", /\b(list|show|what)\b.*\b(files?|folder|directory)\b|^\s*ls\b/],
  ["build", /\b(fix|add|write|build|make|create|implement|code|fizzbuzz|test|edit)\b/],
] as const;

export type Intent = (typeof INTENTS)[number][0] | "greet";

/** Recognises a person's wish by simple words. */
export function readIntent(prompt: string): Intent {
  // Pasted material may hold any word; the wish is at the start.
  const start = prompt.slice(0, 400);
  return INTENTS.find(([, pattern]) => new RegExp(pattern, "i").test(start))?.[0] ?? "greet";
}
