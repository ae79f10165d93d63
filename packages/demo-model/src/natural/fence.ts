const SHOWN_LINES = 40;

/** A code block that shows the end of a tool's output, whatever the output holds. */
export function fence(text: string, language = "text"): string {
  const lines = text.trimEnd().split("\n");
  const shown = lines.length > SHOWN_LINES ? ["…", ...lines.slice(-SHOWN_LINES)] : lines;
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${language}\n${shown.join("\n")}\n${marks}`;
}
