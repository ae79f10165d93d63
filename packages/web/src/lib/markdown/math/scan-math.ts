import { markdownLimits } from "../limits.ts";

/** A formula as it stands in a text. */
export interface FoundFormula {
  raw: string;
  tex: string;
  display: boolean;
}

/**
 * The formula that a text begins with, inside a line of prose: `$x$`, `$$x$$`, `\(x\)` or `\[x\]`. A dollar sign after a
 * letter or digit opens nothing and one before a digit closes nothing, so that prices stay text.
 */
export function scanInlineFormula(text: string, before: string): FoundFormula | null {
  if (text.startsWith("\\(")) return between(text, "\\(", "\\)", false);
  if (text.startsWith("\\[")) return between(text, "\\[", "\\]", true);
  if (!text.startsWith("$") || before === "$" || /[\p{L}\p{N}\\]$/u.test(before)) return null;
  if (text.startsWith("$$")) return between(text, "$$", "$$", true);
  if (/^\$\s/.test(text)) return null;
  const end = endOf(text, 1, "$");
  if (end < 0 || /\s/.test(text[end - 1] ?? "") || /[\p{L}\p{N}$]/u.test(text[end + 1] ?? "")) return null;
  return { raw: text.slice(0, end + 1), tex: text.slice(1, end), display: false };
}

/** The formula that stands alone on the lines a text begins with: `$$ … $$` or `\[ … \]`, without blank lines. */
export function scanBlockFormula(text: string): FoundFormula | null {
  const indent = /^ {0,3}/.exec(text)?.[0].length ?? 0;
  const opening = text.slice(indent, indent + 2);
  if (opening !== "$$" && opening !== "\\[") return null;
  const found = between(
    text.slice(indent, indent + markdownLimits.formula),
    opening,
    opening === "$$" ? "$$" : "\\]",
    true,
  );
  if (!found) return null;
  const length = indent + found.raw.length;
  const rest = /^[ \t]*(?:\n|$)/.exec(text.slice(length, length + 200));
  return rest && { ...found, raw: text.slice(0, length + rest[0].length) };
}

function between(text: string, opening: string, closing: string, display: boolean): FoundFormula | null {
  const end = endOf(text, opening.length, closing);
  if (end < 0) return null;
  const tex = text.slice(opening.length, end);
  return tex.trim() === "" ? null : { raw: text.slice(0, end + closing.length), tex: tex.trim(), display };
}

/** Where `closing` stands, unescaped and before a blank line; -1 when nowhere near. */
function endOf(text: string, from: number, closing: string): number {
  const most = Math.min(text.length, markdownLimits.formula);
  for (let at = from; at < most; at++) {
    if (text.startsWith(closing, at)) return at;
    if (text[at] === "\\") at++;
    else if (text[at] === "\n" && /^[ \t]*(?:\n|$)/.test(text.slice(at + 1, at + 200))) return -1;
  }
  return -1;
}
