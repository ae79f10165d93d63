/** What a line of Markdown is, as far as it matters for where a text may be split. */

export interface Fence {
  mark: string;
  language: string;
  /** Within a list: its end may be indented. */
  nested: boolean;
}

/** The opening line of a block of code, if it is one. */
export function fenceOf(line: string): Fence | null {
  const [, indent = "", mark = "", info = ""] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  if (mark === "" || (mark.startsWith("`") && info.includes("`"))) return null;
  return { mark, language: info.trim().split(/[\s{,]/, 1)[0] ?? "", nested: indent !== "" };
}

/** Whether a line closes a block of code; `partly`: whether it may become one that does. */
export function closesFence(line: string, { mark, nested }: Fence, partly = false): boolean {
  const [, indent = "", closing = ""] = /^(\s*)(`+|~+)\s*$/.exec(line) ?? [];
  if (closing[0] !== mark[0] || (indent.length > 3 && !nested)) return false;
  return partly || closing.length >= mark.length;
}

export interface Item {
  indent: number;
  /** Null for a bullet. */
  number: number | null;
}

/** The beginning of a list's item that is not within another one, if a line is one. */
export function itemOf(line: string): Item | null {
  const match = /^( {0,3})(?:[-+*]|(\d{1,9})[.)])(?:\s|$)/.exec(line);
  if (!match || isRule(line)) return null;
  const [, indent = "", digits] = match;
  return { indent: indent.length, number: digits === undefined ? null : Number(digits) };
}

/** The line below a table's head. */
export function isTableDelimiter(line: string): boolean {
  return line.includes("|") && /^[\s|:-]+$/.test(line) && /-/.test(line);
}

export function isLinkDefinition(line: string): boolean {
  return /^ {0,3}\[[^\]]+\]:\s*\S/.test(line);
}

/** What ends a block that empty lines do not end: raw HTML and display math. */
export function endOfRaw(line: string): RegExp | null {
  for (const [start, end] of raw) {
    const match = start.exec(line);
    if (match) return end.test(line.slice(match[0].length)) ? null : end;
  }
  return null;
}

const raw: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}\$\$/, /\$\$/],
  [/^ {0,3}\\\[/, /\\\]/],
];

/** How many quotes and lists stand within each other where a line begins. */
export function nestingOf(line: string): number {
  const markers = /^(?:\s*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))+/.exec(line)?.[0] ?? "";
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  return (markers.match(/>|[-+*]|[.)]/g)?.length ?? 0) + Math.floor(indent / 4);
}

function isRule(line: string): boolean {
  return /^ {0,3}([-*])(?:\s*\1){2,}\s*$/.test(line);
}
