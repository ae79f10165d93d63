/** Every limit of the daemon that the wire does not show. Sizes are bytes, times are milliseconds. */
export const limits = {
  /** One record of pi; a longer line is skipped and said. */
  record: 64 * 1024 * 1024,
  /** Events that wait for a coalescing interval to end. */
  coalesced: 256 * 1024,
  /** Journal kept before it is trimmed at the end of a turn. */
  journal: 64 * 1024 * 1024,
  /** Journal of an ephemeral session above which its person is warned: nothing else holds it, so it is not trimmed. */
  ephemeralJournal: 512 * 1024 * 1024,
  /** How long pi may take to answer its first question. */
  start: 60_000,
  /** How long pi may take to end before it is killed. */
  terminate: 5_000,
  /** How long an attach waits for a process that is between two conversations. */
  viewWait: 10_000,
  /** How often a process is looked at for having been suspended. */
  stateCheck: 2_000,
  /** Age up to which a prompt that never reached a process is delivered by the next daemon without asking. */
  promptStale: 10 * 60_000,
  /** How long a delivered prompt is remembered, so that sending it again is recognised. */
  promptMemory: 24 * 60 * 60_000,
  /** Prompts of one session that wait for pi. */
  prompts: 256,
  /** Bytes of stderr shown to people. */
  stderr: 16 * 1024,
  /** Characters of a session's last line in the list. */
  preview: 200,
  /** What may wait in an atomic write to a pipe: POSIX's least PIPE_BUF on the systems we know. */
  atomicWrite: 4096,
  /** Read at once when a session file is searched from its end. */
  fileChunk: 256 * 1024,
  /** How long pi may take to say its version. */
  versionProbe: 15_000,
  /** How long pi may take to list its models. */
  modelProbe: 60_000,
  /** Sessions in the store; creating more is refused. */
  sessions: 20_000,
  /** How long a change of a session's row that may be lost waits to be written with others. */
  rowInterval: 500,
  /** Between two looks at whether the list changed for those who watch it. */
  watchInterval: 100,
  /** Sent but not taken by a client, replies included, above which its connection is closed. */
  connectionCeiling: 128 * 1024 * 1024,
} as const;
