/** Bounds of the palette. Times are milliseconds. */
export const paletteLimits = {
  /** Pause after the last key before the daemon is asked. */
  typingPause: 180,
  /** A search that takes longer says how far it is. */
  quietSearch: 1_000,
  /** Letters from which messages are searched: fewer find everything. */
  leastLetters: 2,
  /** Actions shown for a query. */
  actions: 6,
  /** Sessions shown, the last active ones or those that fit. */
  sessions: 8,
  /** Messages shown. */
  messages: 40,
  /** Messages of one session. */
  messagesOfSession: 5,
  /** Sessions looked through, the last active ones first. */
  searchedSessions: 300,
  /** Sessions that are looked through at once. */
  atOnce: 3,
} as const;
