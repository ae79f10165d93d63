/** All limits of the composer. */
export const limits = {
  /** Prompts that wait to be sent. */
  waitingPrompts: 50,
  /** Characters of a prompt that certainly comes back in one piece; longer ones may come shortened. */
  surelyWhole: 2 * 1024,
} as const;
