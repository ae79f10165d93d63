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
} as const;
