/** Bounds of what Markdown costs. Above them text is shown as it is, never dropped. */
export const markdownLimits = {
  /** Characters of one text; longer ones are shown as plain text. */
  text: 400_000,
  /** Characters of one top-level block, fenced code aside; longer ones are shown as plain text. */
  block: 60_000,
  /** Lines of the same. */
  blockLines: 3_000,
  /** Quotes and lists inside one another. */
  blockDepth: 16,
  /** Emphasis and links inside one another. */
  inlineDepth: 16,
  /** Columns of a table. */
  columns: 60,
  /** Cells of a table. */
  cells: 10_000,
  /** Lines of a quote that are more than text. */
  quoteLines: 500,
  /** Characters up to the line below a heading of two lines. */
  heading: 2_000,
  /** Formulas of one top-level block that begin on a line of their own and do not end. */
  endlessFormulas: 50,
  /** Link reference definitions of one text. */
  definitions: 200,
  /**
   * Work on emphasis and links in one text, in characters looked at: the lexer looks through the rest of a paragraph for
   * each mark that may open something. A page of dense prose costs some ten thousand.
   */
  inlineWork: 20_000_000,
  /** Characters of one formula. */
  formula: 10_000,
  /** Elements of one text, about; the rest of it is shown as plain text. */
  nodes: 40_000,
  /** Characters of a link's address. */
  address: 8_192,
  /** Characters of an image inside its own address (`data:`). */
  embeddedImage: 4_000_000,
} as const;

export const highlightLimits = {
  /** Characters of code that is highlighted. */
  code: 200_000,
  /** Characters of one line; longer ones are mostly data. */
  line: 10_000,
  /** ms for one block in the worker. */
  time: 4_000,
  /** Blocks kept highlighted, in characters. */
  cache: 2_000_000,
} as const;

export const diagramLimits = {
  /** Characters of a diagram's source. */
  source: 20_000,
  /** Edges of a diagram. */
  edges: 500,
  /** Characters of the picture that comes out. */
  picture: 4_000_000,
  /** ms to draw one diagram. */
  time: 15_000,
  /** ms to load what draws. */
  load: 30_000,
} as const;

export const plainTextLimits = {
  /** Characters of a piece that the browser lays out when it comes into view. */
  piece: 16_000,
} as const;
