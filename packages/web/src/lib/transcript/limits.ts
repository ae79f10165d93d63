/** All limits of the transcript. */
export const limits = {
  /** Bytes of the conversation that come when a session is opened: some screens of it. */
  window: 128 * 1024,
  /** Older pages that are loaded in one go while none of them shows anything new, as within one long turn that is folded. */
  pagesAtOnce: 20,
  /** Bytes of an answer that is fetched as soon as it is in sight, and not only when somebody asks. */
  wholeAnswer: 400_000,
  /** Older pages that are loaded to come back to where a person left off; what is further away opens at the end. */
  pagesToPlace: 10,
  /** Sessions of which this browser keeps where they were left. */
  leftOff: 100,
  /** px that are drawn beyond each edge of what is seen. */
  overscan: 800,
  /** px to the first row at which older messages are wanted. */
  nearTop: 1_600,
} as const;
