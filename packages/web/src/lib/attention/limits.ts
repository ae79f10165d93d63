/** All limits of calling somebody. */
export const limits = {
  /** ms for which one page alone calls for a session: the others of this browser hear of it at the same time. */
  claim: 3_000,
  /** Characters of a notification's text. */
  text: 200,
} as const;
