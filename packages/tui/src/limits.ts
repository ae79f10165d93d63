/** All limits of the terminal client. */
export const limits = {
  /** Rows of history, about, that are printed again when all is drawn anew. */
  restoredRows: 3000,
  /** Notes of this client that stay between the messages. */
  notes: 200,
  /** Characters and lines of Markdown after which a piece ends at the next line, item or table row. */
  piece: 2 * 1024,
  pieceLines: 60,
  /** Characters of Markdown that are ever parsed at once; a longer line is cut. */
  openPiece: 4 * 1024,
  /** Block quotes and lists within each other that Markdown is made of; deeper ones are shown as they were written. */
  nesting: 12,
  /** Characters of a piece that may mean something in Markdown; parsing more of them takes too long. */
  marks: 500,
  /** Link definitions of a message that its later pieces know, and characters of one. */
  linkDefinitions: 50,
  linkDefinition: 500,
  /** Rows of thinking while it streams. */
  thinkingRows: 3,
  /** Rows of output below a tool that runs. */
  runningRows: 5,
  /** Rows of output below a tool that failed. */
  errorRows: 5,
  /** Rows of a direct shell command's output, while it runs and after it. */
  shellRunningRows: 10,
  shellRows: 20,
  /** Rows of what belongs to one tool call when it is unfolded. */
  toolRows: 300,
  /** Characters of one line of output. */
  lineLength: 2000,
  /** Lines and characters of a message that is not Markdown. */
  textLines: 1000,
  text: 128 * 1024,
  /** Characters of a tool's arguments that are read while they stream. */
  openArguments: 4 * 1024,
  /** Characters of a value of which nothing is known that are shown on one line. */
  compactValue: 300,
  /** Columns and rows of an image, and characters of its data. */
  imageColumns: 60,
  imageRows: 20,
  image: 8 * 1024 * 1024,
} as const;
