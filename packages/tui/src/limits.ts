/** All limits of the terminal client. */
export const limits = {
  /** Rows of history, about, that are printed again when all is drawn anew. */
  restoredRows: 3000,
  /** Notes of this client that stay between the messages. */
  notes: 200,
} as const;
