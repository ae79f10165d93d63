/** All limits of the command line. Times are ms. */
export const limits = {
  /** How long a daemon may take to begin an answer: starting pi is the slowest thing it is asked for. */
  answer: 60_000,
  /** The same where a project is set up first. */
  setup: 20 * 60_000,
  /** The same where only the question is whether a daemon is there. */
  probe: 10_000,
  /** How long the daemon of this machine may take to say that it is well. */
  health: 2_000,
  /** How long something that may be an old server may take to answer hello. */
  hello: 3_000,
  /** How long a TCP and TLS connection may take to be made. */
  connect: 10_000,
  /** How long another program may hold the file of saved hosts. */
  hostsLock: 2_000,
  /** Characters of a saved host's name. */
  hostName: 63,
  /** Bytes of a pairing code or link that is piped in, and of a token file. */
  secret: 4_096,
} as const;
