import { limits } from "../../limits.ts";
import { type DefaultTextStyle, Markdown, type MarkdownTheme, visibleWidth } from "../../pi-tui/index.ts";
import type { Style } from "../base/spans.ts";
import { margin, wrapped } from "../base/wrap.ts";
import { nestingOf } from "./line-kinds.ts";
import type { Piece } from "./piece.ts";
import { isPlainProse } from "./plain-prose.ts";

export interface MarkdownLook {
  theme: MarkdownTheme;
  style?: DefaultTextStyle;
}

/** The rows of a piece of Markdown. */
export function pieceRows(piece: Piece, width: number, look: MarkdownLook): string[] {
  return piece.kind === "code" ? codeRows(piece, width, look) : markdownRows(piece, width, look);
}

function markdownRows(
  { lines, above = [], below = [] }: Piece,
  width: number,
  { theme, style }: MarkdownLook,
): string[] {
  const plain = (): string[] => wrapped(lines.join("\n"), width, styleOf(style));
  if (above.length === 0 && isPlainProse(lines)) return prosed(plain());
  if (isTooMuch(lines)) return trimmed(plain());
  const text = [...above, ...lines, ...(below.length > 0 ? ["", ...below] : [])].join("\n");
  try {
    const rows = new Markdown(text, margin, 0, theme, style).render(width).map((row) => row.trimEnd());
    return trimmed(rows.every((row) => visibleWidth(row) <= width) ? rows : plain());
  } catch {
    return trimmed(plain());
  }
}

/** Whether parsing would take too long, or too deep a stack: no person or model writes like that. */
function isTooMuch(lines: readonly string[]): boolean {
  let marks = 0;
  for (const line of lines) {
    if (nestingOf(line) > limits.nesting) return true;
    marks += line.match(/[*_~`[\\$<]/g)?.length ?? 0;
  }
  return marks > limits.marks;
}

/** Several empty rows are one, as in Markdown. */
function prosed(rows: string[]): string[] {
  return trimmed(rows).filter((row, at, all) => row !== "" || all[at - 1] !== "");
}

function styleOf(style: DefaultTextStyle | undefined): { style: Style } | undefined {
  if (!style) return undefined;
  const { color, italic } = style;
  const slanted = (row: string): string => (italic ? `\u001b[3m${row}\u001b[23m` : row);
  return { style: (row) => slanted(color ? color(row) : row) };
}

function codeRows({ lines, language, opens, closes }: Piece, width: number, { theme }: MarkdownLook): string[] {
  const border = (text: string): string[] => wrapped(text, width, { style: theme.codeBlockBorder });
  const code = (): string[] => wrapped(highlighted(lines, language, theme).join("\n"), width, { indent: margin + 2 });
  return [
    ...(opens ? border(`\`\`\`${language ?? ""}`) : []),
    ...(lines.length > 0 ? code() : []),
    ...(closes ? border("```") : []),
  ];
}

function highlighted(lines: readonly string[], language: string | undefined, theme: MarkdownTheme): string[] {
  const plain = (): string[] => lines.map((line) => theme.codeBlock(line));
  if (!theme.highlightCode || lines.some((line) => line.length > limits.lineLength)) return plain();
  try {
    return theme.highlightCode(lines.join("\n"), language || undefined);
  } catch {
    return plain();
  }
}

function trimmed(rows: string[]): string[] {
  const first = rows.findIndex((row) => row !== "");
  return first === -1 ? [] : rows.slice(first, rows.findLastIndex((row) => row !== "") + 1);
}
