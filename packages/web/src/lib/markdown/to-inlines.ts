import type { Token, Tokens } from "marked";
import { revealMarks } from "#lib/ui/reveal-marks.ts";
import { decodeCharacterReferences } from "./character-references.ts";
import { imageAddress, linkAddress, otherHost } from "./links.ts";
import type { Inline } from "./tree.ts";

/** What tokens inside a paragraph mean. */
export function toInlines(tokens: readonly Token[] = []): Inline[] {
  const inlines: Inline[] = [];
  for (const token of tokens) for (const inline of toInline(token as Known)) push(inlines, inline);
  return inlines;
}

type Known =
  | Tokens.Escape
  | Tokens.Text
  | Tokens.Codespan
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Link
  | Tokens.Image
  | Tokens.Br
  | Tokens.Checkbox
  | { type: "inlineFormula"; raw: string; tex: string; display: boolean };

function toInline(token: Known): Inline[] {
  switch (token.type) {
    case "escape":
      return [{ type: "text", text: token.text }];
    case "text":
      return withBreaks(token.text);
    case "codespan":
      return [{ type: "code", text: revealMarks(token.text) }];
    case "strong":
    case "em":
    case "del":
      return [{ type: token.type, inlines: toInlines(token.tokens) }];
    case "link":
      return link(token);
    case "image":
      return image(token);
    case "br":
      return [{ type: "break" }];
    case "inlineFormula":
      return [{ type: "formula", tex: token.tex, display: token.display }];
    case "checkbox":
      return [];
    default:
      return [{ type: "text", text: (token as Token).raw }];
  }
}

/** `<br>` is the one piece of HTML with a meaning: a table's cell has no other way to break a line. */
function withBreaks(text: string): Inline[] {
  return text
    .split(/<br[ \t]*\/?>/i)
    .flatMap((piece, index): Inline[] => [
      ...(index > 0 ? [{ type: "break" } as const] : []),
      { type: "text", text: decodeCharacterReferences(piece) },
    ]);
}

function link(token: Tokens.Link): Inline[] {
  const inlines: Inline[] = token.autolink ? [{ type: "text", text: token.text }] : toInlines(token.tokens);
  const href = linkAddress(token.autolink ? token.href : decodeCharacterReferences(token.href));
  // Where it would lead is part of what was said.
  if (href === null) return token.autolink ? inlines : [...inlines, { type: "text", text: ` (${token.href})` }];
  return [{ type: "link", href, host: otherHost(href, textOf(inlines)), inlines }];
}

function image(token: Tokens.Image): Inline[] {
  const alt = textOf(toInlines(token.tokens));
  const address = imageAddress(decodeCharacterReferences(token.href));
  if (address) return [{ type: "image", alt, ...address }];
  return [{ type: "text", text: token.href.startsWith("data:") ? alt : `${alt} (${token.href})` }];
}

/** The words of inlines, without what they look like. */
export function textOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.type) {
        case "text":
        case "code":
          return inline.text;
        case "formula":
          return inline.tex;
        case "image":
          return inline.alt;
        case "break":
          return " ";
        default:
          return textOf(inline.inlines);
      }
    })
    .join("");
}

/** Texts in a row are one, so that a paragraph that grows is one node that grows. */
function push(inlines: Inline[], inline: Inline): void {
  const last = inlines.at(-1);
  if (inline.type === "text" && last?.type === "text")
    inlines[inlines.length - 1] = { type: "text", text: last.text + inline.text };
  else if (inline.type !== "text" || inline.text !== "") inlines.push(inline);
}
