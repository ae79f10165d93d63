/** All limits of the terminal client. */
export const limits = {
  /** Rows of history, about, that are printed again when all is drawn anew. */
  restoredRows: 3000,
  /** Notes of this client that stay between the messages. */
  notes: 200,
  /** Characters that can be pasted into an input of one line. */
  lineInput: 100_000,
  /** Characters of an answer to a question of an extension: it must fit into a frame, however it is escaped. */
  answer: 2 * 1024 * 1024,
  /** Bytes of pi's settings, and of a theme file. */
  themeFile: 256 * 1024,
  /** How long the first frame waits for the terminal to name its background, in ms; without an answer it is drawn with a guess. */
  backgroundWait: 10,
  /** How long an answer that comes later still counts, in ms. */
  backgroundAnswer: 3_000,
} as const;
