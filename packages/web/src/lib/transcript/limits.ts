/** All limits of the transcript. */
export const limits = {
  /** Bytes of the conversation that come when a session is opened: some screens of it. */
  window: 128 * 1024,
  /** Older pages that are loaded in one go while none of them shows anything new, as within one long turn that is folded. */
  pagesAtOnce: 20,
  /** Bytes of an answer that is fetched as soon as it is in sight, and not only when somebody asks. */
  wholeAnswer: 400_000,
} as const;
