/** What can be told of an object whose JSON text is not complete; nothing when it is no object. */
export function parsePartialJson(text: string): Record<string, unknown> {
  for (const candidate of [text, ...completions(text)]) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    } catch {
      // The next candidate ends earlier.
    }
  }
  return {};
}

/** The text with what is open closed: at its end, and at the last place before it where a member was complete. */
function completions(text: string): string[] {
  const open: string[] = [];
  let inString = false;
  let complete: string | null = null;
  let whole = text.length;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") {
        // An escape that is cut off is left out.
        if (at + (text[at + 1] === "u" ? 6 : 2) > text.length) whole = at;
        at++;
      } else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") {
      open.push(character === "{" ? "}" : "]");
      complete = text.slice(0, at + 1) + closing(open);
    } else if (character === "}" || character === "]") open.pop();
    else if (character === ",") complete = text.slice(0, at) + closing(open);
  }
  const end = inString ? `${text.slice(0, whole)}"` : text;
  return [end + closing(open), ...(complete === null ? [] : [complete])];
}

function closing(open: readonly string[]): string {
  return open.toReversed().join("");
}
