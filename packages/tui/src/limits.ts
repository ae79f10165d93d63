/** All limits of the terminal client. */
export const limits = {
  /** Rows of history, about, that are printed again when all is drawn anew. */
  restoredRows: 3000,
  /** Notes of this client that stay between the messages. */
  notes: 200,
  /** Bytes of pi's settings, and of a theme file. */
  themeFile: 256 * 1024,
  /** Characters of code that is highlighted; more stays plain. */
  code: 64 * 1024,
  /** Characters of one line of it. */
  codeLine: 2_000,
  /** Characters of code that is highlighted at once; more waits for a pause. */
  quickCode: 2 * 1024,
  /** How long that may take for one piece, in ms; code that needs more stays plain. */
  codeTime: 150,
  /** That pause, in ms. */
  longCodePause: 200,
  /** How much of such a stretch of time may be spent on highlighting, in ms. */
  highlighting: 60,
  /** Pieces of code whose colours are remembered. */
  knownCode: 128,
  /** How long the first frame waits for the terminal to name its background, in ms; without an answer it is drawn with a guess. */
  backgroundWait: 10,
  /** How long an answer that comes later still counts, in ms. */
  backgroundAnswer: 3_000,
} as const;
