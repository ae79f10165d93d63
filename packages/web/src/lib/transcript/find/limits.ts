/** Bounds of what is looked for in one session. Times are milliseconds. */
export const findLimits = {
  /** Pause after the last key before the daemon is asked. */
  typingPause: 200,
  /** What takes longer says what it does. */
  quiet: 1_000,
  /** Messages that one answer of the daemon names. */
  matches: 200,
  /** What is loaded at once on the way to an older message. */
  window: { messages: 1_000, bytes: 2 * 1024 * 1024 },
  /** Bytes of a text that was left off as too long, up to which it is fetched when the words may stand in it. */
  body: 4 * 1024 * 1024,
  /** Marks on the screen at once. */
  marks: 2_000,
} as const;
