import type { Foreground } from "../colours.ts";
import { roleOf } from "./roles.ts";
import type { Token } from "./token.ts";

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/** Reads what highlight.js gives: text with five entities, in spans that say what it is. */
export function tokensOfHtml(html: string): Token[][] {
  const lines: Token[][] = [[]];
  const roles: (Foreground | null)[] = [null];
  for (const piece of html.split(/(<span class="[^"]*">|<\/span>)/)) {
    const [, scope] = /^<span class="([^"]*)">$/.exec(piece) ?? [];
    if (scope !== undefined) roles.push(roleOf(scope) ?? roles.at(-1) ?? null);
    else if (piece === "</span>") roles.pop();
    else addText(lines, decode(piece), roles.at(-1) ?? null);
  }
  return lines;
}

function addText(lines: Token[][], text: string, role: Foreground | null): void {
  for (const [at, part] of text.split("\n").entries()) {
    if (at > 0) lines.push([]);
    if (part !== "") lines.at(-1)?.push({ text: part, role });
  }
}

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity);
}
