/** The raw text of each item of a JSON array, exactly as it was written. `text` must be valid JSON. */
export function jsonItems(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = -1;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
      continue;
    }
    if (depth === 1 && start === -1 && !/[\s,\]]/.test(character)) start = at;
    if (character === '"') inString = true;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (start !== -1 && (depth === 0 || (depth === 1 && character === ","))) {
      items.push(text.slice(start, at).trim());
      start = -1;
    }
  }
  return items;
}
