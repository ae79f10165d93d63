/** A part of a Markdown text that is rendered by itself. */
export interface Piece {
  /** What the lines are: Markdown, or code without its fences. */
  kind: "markdown" | "code";
  lines: string[];
  /** Whether an empty row stands above it. */
  apart: boolean;
  /** Markdown: a table's head, for rows that follow in a piece of their own. */
  above?: readonly string[];
  /** Markdown: definitions of links. */
  below?: readonly string[];
  language?: string;
  /** Code: whether its first and last line are in this piece. */
  opens?: boolean;
  closes?: boolean;
}
