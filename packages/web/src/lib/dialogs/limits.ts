/** All limits of the dialogs. */
export const limits = {
  /** Characters of an answer: it must fit into a frame, however it is escaped. */
  answer: 2 * 1024 * 1024,
  /** Choices that stand beside each other as buttons; more become a list. */
  buttons: 4,
  /** Characters of a choice that fits a button. */
  buttonText: 40,
  /** Choices above which a list can be filtered. */
  unfiltered: 9,
} as const;
