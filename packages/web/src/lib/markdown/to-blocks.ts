import type { Token, Tokens } from "marked";
import { revealMarks } from "#lib/ui/reveal-marks.ts";
import { toInlines } from "./to-inlines.ts";
import type { Align, Block, ListItem } from "./tree.ts";

/** What the tokens of a part mean. `isOpen` says that the text still grows, so that its last fence may be open. */
export function toBlocks(tokens: readonly Token[], isOpen: boolean): Block[] {
  const last = tokens.findLastIndex(({ type }) => type !== "space");
  return tokens.flatMap((token, index) => toBlock(token as Known, isOpen && index === last));
}

type Known =
  | Tokens.Paragraph
  | Tokens.Text
  | Tokens.Heading
  | Tokens.Code
  | Tokens.Blockquote
  | Tokens.List
  | Tokens.Table
  | Tokens.Hr
  | Tokens.Space
  | Tokens.Def
  | Tokens.Checkbox
  | { type: "blockFormula"; raw: string; tex: string };

function toBlock(token: Known, isOpen: boolean): Block[] {
  switch (token.type) {
    case "paragraph":
      return [{ type: "paragraph", inlines: toInlines(token.tokens) }];
    case "text":
      return [{ type: "line", inlines: token.tokens ? toInlines(token.tokens) : [{ type: "text", text: token.text }] }];
    case "heading":
      return [{ type: "heading", level: levelOf(token.depth), inlines: toInlines(token.tokens) }];
    case "code":
      return [
        {
          type: "code",
          text: revealMarks(token.text),
          language: languageOf(token.lang),
          closed: !isOpen || isClosed(token.raw),
        },
      ];
    case "blockFormula":
      return [{ type: "formula", tex: token.tex }];
    case "blockquote":
      return [{ type: "quote", blocks: toBlocks(token.tokens, isOpen) }];
    case "list":
      return [
        {
          type: "list",
          start: token.ordered ? Number(token.start) : null,
          loose: token.loose,
          items: token.items.map((item, index) => toItem(item, isOpen && index === token.items.length - 1)),
        },
      ];
    case "table":
      return [
        {
          type: "table",
          align: token.align.map(alignOf),
          head: token.header.map((cell) => toInlines(cell.tokens)),
          rows: token.rows.map((row) => row.map((cell) => toInlines(cell.tokens))),
        },
      ];
    case "hr":
      return [{ type: "rule" }];
    case "space":
    case "def":
    case "checkbox":
      return [];
    default:
      return [{ type: "plain", text: (token as Token).raw }];
  }
}

function toItem({ task, checked, tokens }: Tokens.ListItem, isOpen: boolean): ListItem {
  return { checked: task ? checked === true : null, blocks: toBlocks(tokens, isOpen) };
}

function levelOf(depth: number): 1 | 2 | 3 | 4 | 5 | 6 {
  return ([1, 2, 3, 4, 5, 6] as const).find((level) => level === depth) ?? 6;
}

function alignOf(align: "left" | "center" | "right" | null): Align {
  return align === "right" ? "end" : align === "center" ? "center" : "start";
}

/** The first word after the fence, without what some writers attach to it: `ts {3-5}`, `{.python}`, `rust,ignore`. */
function languageOf(info = ""): string {
  return /^\{?\.?([^\s,{}:]+)/.exec(info.trim())?.[1]?.slice(0, 40) ?? "";
}

/** Whether a fenced block ends with its fence, or has none. */
function isClosed(raw: string): boolean {
  const opening = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
  if (opening === undefined) return true;
  const closing = /\n {0,3}(`{3,}|~{3,})[ \t]*\n*$/.exec(raw)?.[1];
  return closing !== undefined && closing[0] === opening[0] && closing.length >= opening.length;
}
